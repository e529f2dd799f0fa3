// One rule in four places: the package in Node, Chromium and workerd, and the Worker itself, say the same of the same bodies.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { setupBrowser } from '../../scripts/browser.mjs';
import { cart } from '../worker/support/bodies.mjs';
import { cashier, startWorld } from '../worker/support/world.mjs';
import { mutations } from './support/mutations.mjs';
import { newProject } from './support/project.mjs';
import { runWorker } from './support/worker.mjs';

const COUNT = 10_000;
/** Requests to the Worker at the same time. */
const AT_ONCE = 32;

/** What is for sale and where payers may return is known to the Worker alone: a body that is otherwise right is refused for this, and orders nothing. */
const shipping = { method: 'no-such-way', recipient: 'Luis Ruiz', phoneNumber: '3312340000', address: cart.billingInformation.address, instructions: 'Tocar dos veces' };
const order = {
  ...cart, items: [{ sku: 'no-such-thing', quantity: 2 }], ttlMinutes: 60, shipping, metadata: { campaign: 'mayo', 4: 'Ana' }, returnUrl: 'https://blog.example/gracias?lote=1',
};
const charge = { amount: '350.50', terminalCode: 'TERM-01', reference: 'mesa-4', takeOver: false, metadata: { table: '4' }, unknown: true };
const WORKERS_OWN = ['sku-unknown', 'shipping-method-unknown', 'total-range', 'url-origin'];

/** @type {{ kind: 'order' | 'payment-intent', path: string, headers: Record<string, string>, bodies: string[] }[]} */
const suites = [
  { kind: 'order', path: '/api/shop/orders', headers: {}, bodies: mutations(order, COUNT, 20261121) },
  // A field that nobody knows stands in all of them, so that none is charged.
  { kind: 'payment-intent', path: '/api/pos/payment-intents', headers: cashier, bodies: mutations(charge, 1_000, 7).filter((body) => body.includes('"unknown"')) },
];

/** In brief, for comparing. @param {{ pointer: string, code: string }[]} problems */
const inBrief = (problems) => problems.map(({ pointer, code }) => `${pointer} ${code}`).join(', ');

/** As text that each environment runs: the verdicts on bodies. */
const verdicts = `(check, kind, bodies) => bodies.map((body) => check(JSON.parse(body), { kind, language: 'en' }).map(({ pointer, code }) => pointer + ' ' + code).join(', '))`;

/** @type {Record<string, (kind: string, bodies: string[]) => Promise<string[]>>} */
const judges = {};
/** @type {string[][]} */
let ofTheWorker;
/** @type {{ after: (act: () => unknown) => void, end: () => Promise<void> }} */
const lifetime = (() => {
  const acts = [];
  return { after: (act) => acts.push(act), end: async () => void (await Promise.all(acts.reverse().map((act) => act()))) };
})();

before(async () => {
  const world = await startWorld();
  lifetime.after(() => world.stop());
  ofTheWorker = [];
  for (const { path, headers, bodies } of suites) ofTheWorker.push(await askAll(world, path, headers, bodies));

  const project = await newProject(lifetime);
  const installed = await import(pathToFileURL(project.file('node_modules', 'compago-edge', 'dist', 'index.js')).href);
  await installed.load();
  judges.Node = async (kind, bodies) => (0, eval)(verdicts)(installed.check, kind, bodies);

  const { chrome } = await setupBrowser();
  const browser = await chromium.launch({ executablePath: chrome, args: ['--no-sandbox'] });
  lifetime.after(() => browser.close());
  const page = await browser.newPage();
  await page.goto(`${world.url}/return.html`);
  judges.Chromium = (kind, bodies) =>
    page.evaluate(async ({ kind, bodies }) => {
      const { check, load } = await import('/pkg/index.js');
      await load();
      return bodies.map((body) => check(JSON.parse(body), { kind, language: 'en' }).map(({ pointer, code }) => `${pointer} ${code}`).join(', '));
    }, { kind, bodies });

  const worker = await runWorker(/** @type {any} */ (lifetime), {
    'index.js': `
import { check } from 'compago-edge';
const verdicts = ${verdicts};
export default {
  async fetch(request) {
    if (request.method === 'HEAD') return new Response();
    const { kind, bodies } = await request.json();
    return Response.json(verdicts(check, kind, bodies));
  },
};
`,
  });
  judges.workerd = async (kind, bodies) => (await worker.ask({ method: 'POST', body: JSON.stringify({ kind, bodies }) })).json();
});
after(() => lifetime.end());

for (const place of ['Node', 'Chromium', 'workerd']) {
  test(`the package in ${place} says of each body what the Worker says`, async () => {
    for (const [at, { kind, bodies }] of suites.entries()) {
      const told = await judges[place](kind, bodies);
      assert.equal(told.length, bodies.length);
      for (const [index, body] of bodies.entries()) assert.equal(told[index], ofTheWorker[at][index], body);
    }
  });
}

test('most of the bodies are wrong, in many ways, and some are right', () => {
  const codes = new Set(ofTheWorker.flat().flatMap((verdict) => verdict.split(', ')).map((problem) => problem.split(' ').at(-1)));
  assert.ok(codes.size >= 20, `${[...codes]}`);
  const right = ofTheWorker[0].filter((verdict) => verdict === '').length;
  assert.ok(right > 100 && right < COUNT / 2, `${right}`);
});

/** What the Worker says of each body. @returns {Promise<string[]>} */
async function askAll(world, path, headers, bodies) {
  const told = new Array(bodies.length);
  let next = 0;
  const ask = async () => {
    while (next < bodies.length) {
      const index = next;
      next += 1;
      const options = { text: bodies[index], headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': randomUUID() } };
      const answer = await world.send('POST', path, options);
      assert.deepEqual([answer.status, answer.body.code], [400, 'invalid-body'], bodies[index]);
      told[index] = inBrief(answer.body.errors.filter(({ code }) => !WORKERS_OWN.includes(code)));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, ask));
  return told;
}
