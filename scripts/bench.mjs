#!/usr/bin/env node
// npm run bench: what the budgets of speed in budgets.json are held against. It is no part of `npm test`, since other
// work on the machine moves its numbers; those of one run are comparable, because both sides alternate in it.
//
//   lives    lives of orders that the core's simulation lives in a second of one core
//   status   processor time of the status route in bare workerd, against the same route written by hand in JavaScript
//
//   npm run bench             both
//   npm run bench -- status   only that one

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { secrets, startStack } from '../tests/support/stack.mjs';
import { build, setup } from './build.mjs';
import { Failure, runMain } from './failure.mjs';
import { inRoot } from './paths.mjs';
import { startWorker } from './processes.mjs';
import { run } from './run.mjs';

const ROUNDS = 7;
const REQUESTS = 8_000;
const WARM_UP = 10_000;
const CONNECTIONS = 16;
const LIVES = 20_000;

/** The unit of /proc/<pid>/stat, in microseconds: Linux shows programs a hundredth of a second on every machine. */
const TICK = 10_000;

/** Each by its name. */
const benches = { lives: benchLives, status: benchStatus };

const agent = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS });

/** @typedef {{ rates: { orderLives: number }, ratios: { statusRoute: number } }} Budgets */
/** @typedef {{ name: string, port: number, pid: number, path: string }} Side */

async function main() {
  if (process.platform !== 'linux') throw new Failure('Processor time is read from /proc: this needs Linux.');
  const budgets = JSON.parse(await readFile(inRoot('budgets.json'), 'utf8'));
  const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(benches);
  const unknown = names.find((name) => !Object.hasOwn(benches, name));
  if (unknown) throw new Failure(`There is no bench "${unknown}"; there are ${Object.keys(benches).join(' and ')}.`);
  console.log('Getting ready');
  await setup();
  const exceeded = [];
  for (const name of names) exceeded.push(...(await benches[name](budgets)));
  if (exceeded.length > 0) throw new Failure(`Over budget (budgets.json): ${exceeded.join('; ')}.`);
}

/** @param {Budgets} budgets @returns {Promise<string[]>} what is over budget */
async function benchLives({ rates }) {
  // The first run builds, and costs what any run does.
  await liveOrders(0);
  const before = await childrensTime();
  await liveOrders(0);
  const between = await childrensTime();
  await liveOrders(LIVES);
  const took = (await childrensTime()) - between - (between - before);
  // A life of the simulation has two orders.
  const rate = Math.round((2 * LIVES * 1_000_000) / took);
  const line = `order lives simulated by the core: ${rate} a second of one core, at least ${rates.orderLives}`;
  console.log(line);
  return rate < rates.orderLives ? [line] : [];
}

/** @param {number} lives */
async function liveOrders(lives) {
  // Not the project's release profile, which is made for small wasm and takes its time.
  const env = { CARGO_PROFILE_RELEASE_OPT_LEVEL: '3', CARGO_PROFILE_RELEASE_LTO: 'off', SIM_LIVES: String(lives) };
  const args = ['test', '--release', '-p', 'compago', '--test', 'it', 'sim::every_life'];
  const output = await run('cargo', args, { env });
  if (!output.includes('1 passed')) throw new Failure(`The simulation was not found:\n${output}`);
}

/** @param {Budgets} budgets @returns {Promise<string[]>} what is over budget */
async function benchStatus({ ratios }) {
  await build(['worker', 'site', 'sandbox']);
  const dataDir = await mkdtemp(path.join(tmpdir(), 'compago-edge-bench-'));
  const stack = await startStack();
  const byHand = await startWorker({ dataDir, variables: secrets, config: inRoot('tests', 'bench', 'by-hand.capnp') });
  try {
    const order = await placeOrder(stack.url);
    const route = `/api/shop/orders/${order}`;
    const ours = { name: 'Worker', port: Number(new URL(stack.url).port), pid: stack.workerPid() ?? 0, path: route };
    const theirs = { name: 'by hand', port: byHand.port, pid: byHand.pid ?? 0, path: route };
    const seed = (await readFile(inRoot('tests', 'bench', 'order.json'), 'utf8')).trim();
    await exchange(theirs, 'PUT', seed);
    await checkAlike(ours, theirs);
    return await compare(ours, theirs, ratios.statusRoute);
  } finally {
    agent.destroy();
    await Promise.all([stack.stop(), byHand.stop()]);
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** @param {Side} ours @param {Side} theirs @param {number} budget @returns {Promise<string[]>} what is over budget */
async function compare(ours, theirs, budget) {
  console.log(`processor time of workerd for one GET /api/shop/orders/{order}, ${CONNECTIONS} at once:`);
  for (const side of [ours, theirs]) await ask(side, WARM_UP);
  const rounds = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    // Each side goes first as often as the other.
    const first = round % 2 === 1 ? [ours, theirs] : [theirs, ours];
    const cost = new Map();
    for (const side of first) cost.set(side, await costOf(side));
    const [mine, other] = [cost.get(ours), cost.get(theirs)];
    rounds.push({ mine, other, ratio: mine / other });
    console.log(`  round ${round}: ${ours.name} ${micros(mine)}, ${theirs.name} ${micros(other)}, ratio ${(mine / other).toFixed(2)}`);
  }
  const [mine, other, ratio] = ['mine', 'other', 'ratio'].map((of) => median(rounds.map((round) => round[of])));
  const line = `status route: ${ours.name} ${micros(mine)}, ${theirs.name} ${micros(other)}, ratio ${ratio.toFixed(2)} of ${budget}`;
  console.log(`  medians: ${line}`);
  return ratio > budget ? [line] : [];
}

/** @param {Side} side @returns {Promise<number>} microseconds of processor time for one request */
async function costOf(side) {
  const before = await processorTime(side.pid);
  await ask(side, REQUESTS);
  return ((await processorTime(side.pid)) - before) / REQUESTS;
}

/** @param {number} pid @returns {Promise<number>} microseconds of user and system time of all its threads */
const processorTime = async (pid) => (await times(String(pid))).own;

/** @returns {Promise<number>} the same, of all children that have ended */
const childrensTime = async () => (await times('self')).children;

/** @param {string} process by its number in /proc */
async function times(process) {
  const stat = await readFile(`/proc/${process}/stat`, 'utf8');
  // The second field, a name in parentheses, may hold spaces; behind it utime, stime, cutime and cstime are 14 to 17.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user, system, childrensUser, childrensSystem] = fields.slice(11, 15).map((ticks) => Number(ticks) * TICK);
  return { own: user + system, children: childrensUser + childrensSystem };
}

/** @param {Side} side @param {number} count */
async function ask(side, count) {
  let left = count;
  const one = async () => {
    while (left > 0) {
      left -= 1;
      const { status } = await exchange(side, 'GET');
      if (status !== 200) throw new Failure(`${side.name} answered ${status}.`);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, one));
}

/**
 * The comparison is fair only while both say the same: the same headers, and the same fields with values of one form.
 *
 * @param {Side} ours @param {Side} theirs
 */
async function checkAlike(ours, theirs) {
  const [mine, other] = [await exchange(ours, 'GET'), await exchange(theirs, 'GET')];
  const form = ({ status, headers, text }) => ({ status, headers: withoutDate(headers), body: formOf(JSON.parse(text)) });
  if (isDeepStrictEqual(form(mine), form(other))) return;
  throw new Failure(`The two sides do not answer alike:\n${JSON.stringify([form(mine), form(other)], null, 2)}`);
}

/** @param {http.IncomingHttpHeaders} headers */
const withoutDate = ({ date, 'content-length': length, ...rest }) => rest;

/** @param {Record<string, unknown>} body */
const formOf = (body) => Object.fromEntries(Object.entries(body).map(([name, value]) => [name, typeof value]));

/** @param {string} url @returns {Promise<string>} the order's capability */
async function placeOrder(url) {
  const { terms } = JSON.parse(await readFile(inRoot('tests', 'bench', 'order.json'), 'utf8'));
  const body = { items: [{ sku: 'cafe-altos-340', quantity: 2 }], billingInformation: terms.billingInformation };
  const headers = { 'content-type': 'application/json', 'idempotency-key': 'a-purchase-of-the-bench' };
  const answer = await fetch(`${url}/api/shop/orders`, { method: 'POST', headers, body: JSON.stringify(body) });
  if (answer.status !== 201) throw new Failure(`No order was made: ${answer.status} ${await answer.text()}`);
  return (await answer.json()).order;
}

/**
 * @param {Side} side @param {string} method @param {string} [body]
 * @returns {Promise<{ status: number, headers: http.IncomingHttpHeaders, text: string }>}
 */
function exchange({ port, path }, method, body) {
  return new Promise((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port, method, path, agent, headers: { host: `localhost:${port}` } });
    // workerd may close a kept connection just when it is used again: then it answers nothing.
    request.once('error', (error) => (request.reusedSocket ? resolve(exchange({ port, path }, method, body)) : reject(error)));
    request.once('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part) => (text += part));
      response.once('error', reject);
      response.once('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    request.end(body);
  });
}

/** @param {number[]} values an odd number of them @returns {number} */
const median = (values) => values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)];

/** @param {number} value */
const micros = (value) => `${value.toFixed(0)} µs`;

await runMain(main);
