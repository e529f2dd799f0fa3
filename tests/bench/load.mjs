// `npm run bench -- load`: more and more payers at once, up to 200 new orders a second and 10,000 pages that follow their orders, and
// what gives way first. It depends on the machine, which carries the payers, the Worker and the sandbox alike, so it asserts nothing.

import http from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from '../../scripts/build.mjs';
import { startStack } from '../support/stack.mjs';
import { cart } from '../worker/support/bodies.mjs';
import { processorTime } from './processor-time.mjs';
import { exchange } from './sides.mjs';

/** Orders a second in each step. */
const STEPS = [12, 25, 50, 100, 200];
const STEP_MS = 10_000;
/** Pages that follow an order, for each order a second: 10,000 in the last step. */
const WATCHERS = 50;
/** How long a payer waits before this counts as giving way. */
const PATIENCE_MS = 2_000;
/** How many connections the payers have together, as through Cloudflare's network. */
const CONNECTIONS = 512;
/** So late timers mean that the payers themselves cannot keep up. */
const LATE_MS = 100;

const BODY = JSON.stringify(cart);
const HEADERS = { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(BODY)) };

const LIMITS = { LIMIT_CREATE_PER_MINUTE: '1000', LIMIT_OPEN_PER_ADDRESS: '100000', LIMIT_OPEN_PER_NETWORK: '100000', LIMIT_OPEN_PER_SHOP: '100000' };

/** @typedef {{ name: string, sent: number, waits: number[], failures: Map<string, number> }} Kind what was asked in a step, and how it went */

/** @typedef {(sent: import('./sides.mjs').Sent) => Promise<import('./sides.mjs').Answer>} Send */

/** @returns {Promise<string[]>} nothing is ever over budget */
export async function benchLoad() {
  await build(['worker', 'test-site', 'sandbox']);
  const stack = await startStack({ env: LIMITS });
  const agent = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const port = Number(new URL(stack.url).port);
  const send = (/** @type {import('./sides.mjs').Sent} */ sent) => exchange({ port }, sent, agent);
  try {
    console.log(`orders a second, with ${WATCHERS} pages for each that ask for the status when they are told to, for ${STEP_MS / 1_000} s each:`);
    /** @type {string[]} capabilities of orders */
    const orders = [];
    let first;
    for (const rate of STEPS) {
      const trouble = await step(rate, { send, orders, workerPid: stack.workerPid() ?? 0, sandboxPid: stack.sandbox.pid ?? 0 });
      first ??= trouble && `at ${rate} orders a second ${trouble}`;
    }
    console.log(first ? `what gave way first: ${first}` : 'nothing gave way');
    return [];
  } finally {
    agent.destroy();
    await stack.stop();
  }
}

/**
 * Orders at a rate, while so many pages follow orders.
 *
 * @param {number} rate @param {{ send: Send, orders: string[], workerPid: number, sandboxPid: number }} shop
 * @returns {Promise<string | undefined>} what gave way
 */
async function step(rate, { send, orders, workerPid, sandboxPid }) {
  const [creating, watching] = [kind('orders'), kind('status')];
  const times = async () => [await processorTime(workerPid), await processorTime(sandboxPid), process.cpuUsage().user + process.cpuUsage().system];
  const delay = monitorEventLoopDelay();
  const before = await times();
  delay.enable();
  const end = performance.now() + STEP_MS;
  const pages = Array.from({ length: orders.length > 0 ? rate * WATCHERS : 0 }, (_, at) => follow(at));
  await Promise.all([order(), ...pages]);
  delay.disable();
  const cores = (await times()).map((time, at) => (time - before[at]) / 1_000 / STEP_MS);
  const late = delay.percentile(99) / 1e6;
  console.log(`  ${rate}/s: ${[creating, watching].map(described).join('; ')}; cores: Worker ${cores[0].toFixed(2)}, sandbox ${cores[1].toFixed(2)}, payers ${cores[2].toFixed(2)}`);
  if (late > LATE_MS) return `the payers of this bench, whose timers were ${late.toFixed(0)} ms late: the machine is too small for all of them`;
  const slow = [creating, watching].find((one) => quantile(one.waits, 0.99) > PATIENCE_MS);
  const failed = [creating, watching].find(({ failures }) => failures.size > 0);
  if (failed) return `${failed.name}: ${[...failed.failures].map(([how, count]) => `${count} times ${how}`).join(', ')}`;
  return slow && `${slow.name}: one of a hundred waited longer than ${PATIENCE_MS / 1_000} s, while the Worker used ${cores[0].toFixed(2)} cores`;

  /** New orders at their times, whether or not those before are answered. */
  async function order() {
    const asked = [];
    for (let at = 0; at < (rate * STEP_MS) / 1_000; at += 1) {
      await sleep(end - STEP_MS + (at * 1_000) / rate - performance.now());
      const headers = { ...HEADERS, 'idempotency-key': `load-${rate}-${at}-of-the-bench`, 'cf-connecting-ip': `10.${rate}.${at >> 8}.${at & 255}` };
      const asking = ask(creating, 201, () => send({ method: 'POST', path: '/api/shop/orders', headers, body: BODY }));
      asked.push(asking.then((body) => body && orders.push(body.order)));
    }
    await Promise.all(asked);
  }

  /** A page asks when it is told to; all of them began at different times. @param {number} page */
  async function follow(page) {
    await sleep((page / (rate * WATCHERS)) * STEP_MS);
    while (performance.now() < end) {
      const body = await ask(watching, 200, () => send({ path: `/api/shop/orders/${orders[page % orders.length]}` }));
      await sleep(Math.min(body?.pollAfterMs ?? 1_000, Math.max(end - performance.now(), 0)));
    }
  }
}

/** @param {Kind} kind @param {number} status that the answer must have @param {() => ReturnType<Send>} send @returns {Promise<any>} its body */
async function ask(kind, status, send) {
  const since = performance.now();
  kind.sent += 1;
  const answer = await send().catch((error) => ({ status: error.code ?? error.message, text: '' }));
  kind.waits.push(performance.now() - since);
  if (answer.status === status) return JSON.parse(answer.text);
  const how = `${answer.status} ${answer.text.match(/"code":"([^"]+)"/)?.[1] ?? ''}`.trim();
  kind.failures.set(how, (kind.failures.get(how) ?? 0) + 1);
  return undefined;
}

/** @param {string} name @returns {Kind} */
const kind = (name) => ({ name, sent: 0, waits: [], failures: new Map() });

/** @param {Kind} kind */
function described({ name, sent, waits, failures }) {
  const refused = [...failures.values()].reduce((sum, count) => sum + count, 0);
  return `${name} ${sent} (${refused} refused), median ${quantile(waits, 0.5).toFixed(0)} ms, 99 % ${quantile(waits, 0.99).toFixed(0)} ms`;
}

/** @param {number[]} values @param {number} share */
const quantile = (values, share) => values.toSorted((one, other) => one - other)[Math.floor((values.length - 1) * share)] ?? 0;
