// Every block of the package's README runs: programs against a shop of its own, servers with the frameworks that they name.

import assert from 'node:assert/strict';
import { cp, mkdir, readFile, rm, symlink } from 'node:fs/promises';
import { after, test } from 'node:test';
import { chromium } from 'playwright-core';
import ts from 'typescript';
import { setupBrowser } from '../../scripts/browser.mjs';
import { inRoot } from '../../scripts/paths.mjs';
import { cart } from '../worker/support/bodies.mjs';
import { until } from '../worker/support/until.mjs';
import { operator } from '../worker/support/world.mjs';
import { preludeOf, startExamples } from './support/examples.mjs';
import { newProject, npm } from './support/project.mjs';

const readme = await readFile(inRoot('pkg', 'README.md'), 'utf8');
const blocks = [...readme.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(([, language, code = '']) => ({ language, code }));

const { world, compago, project, stop } = await startExamples();
after(stop);
for (const name of ['express', 'fastify', 'hono', 'h3']) await symlink(inRoot('node_modules', name), project.file('node_modules', name));

let count = 0;
/** Runs a block, with what stands before and behind it. @param {string} code @param {{ head?: string, tail?: string }} [around] @returns {Promise<string>} what it prints */
async function run(code, { head = '', tail = '' } = {}) {
  count += 1;
  await project.add({
    [`prelude-${count}.mjs`]: await preludeOf(world, compago.url, code),
    [`block-${count}.mjs`]: `import './prelude-${count}.mjs';\n${head}\n${code}\n${tail}`,
  });
  return (await project.node(`block-${count}.mjs`)).trim();
}

/** Hands the signed request to a server, then a forged one. @param {string} ask code with `request`, that says which status is answered */
const asked = (ask) => `
const forged = new Request(request.clone(), { headers: { 'content-type': 'application/json' } });
const statusOf = async (request) => ${ask};
console.log(await statusOf(request), await statusOf(forged));
process.exit();
`;
const overHttp = (listen) => `${listen}\n${asked("(await fetch(`http://127.0.0.1:${port}/hooks`, { method: 'POST', headers: request.headers, body: await request.text() })).status")}`;
/** The one reads what the other README block exports. */
const hook = () => blocks.find(({ code }) => code.includes('export async function onWebhook'))?.code ?? '';
const listening = 'await new Promise((resolve) => server.once(\'listening\', resolve));\nconst { port } = server.address();';
const handled = 'evt_1 K7Q2-M9XD-3FHT\n204 401';

/** How each block is run, by what only it contains. @type {[string, (code: string) => Promise<void>][]} */
const runs = [
  ['npm pack', packs],
  ['<compago-order>', sells],
  ['await load();', async (code) => assert.match(await run(code), /\/checkout\/otp\//)],
  ['returnUrl:', async (code) => assert.match(await run(code), /\/checkout\/otp\//)],
  ['elements/react', compiles],
  ['error.temporary', async (code) => assert.equal(await run(code, { tail: 'console.log(keys.length, new Set(keys).size);' }), '2 1')],
  ['shop().follow', async (code) => assert.equal(await run(code), 'awaiting-payment')],
  ['client.charge', async (code) => assert.match(await run(code, { tail: 'console.log(intent);' }), /^[0-9a-f-]{36}$/)],
  [
    'oneTimePayments.create',
    async (code) => {
      assert.equal(await run(code, { tail: 'console.log(status, checkoutUrl.endsWith(id));' }), 'PENDING true');
    },
  ],
  [
    'onWebhook(request) {',
    async (code) => {
      assert.equal(await run(code, { tail: asked('onWebhook(request)') }), handled);
      // Whatever status an error of the shop's own code has: 410 would end the webhooks, and 0 is no status that can be answered.
      const tail = [410, 401, 0, 204].map((status) => `globalThis.fulfil = async () => { throw Object.assign(new Error('not fulfilled'), { status: ${status} }); };
console.log(await onWebhook(request.clone()));`);
      assert.equal(await run(code, { head: 'console.error = () => {};', tail: tail.join('\n') }), '500\n500\n500\n500');
    },
  ],
  [
    'express.raw',
    async (code) => {
      const head = `import express from 'express';\n${hook()}\nconst app = express();`;
      assert.equal(await run(code, { head, tail: overHttp(`const server = app.listen(0, '127.0.0.1');\n${listening}`) }), handled);
    },
  ],
  [
    'c.req.raw',
    async (code) => {
      const head = `import { Hono } from 'hono';\n${hook()}\nconst app = new Hono();`;
      assert.equal(await run(code, { head, tail: asked('(await app.request(request)).status') }), handled);
    },
  ],
  [
    'app.register',
    async (code) => {
      const head = `import Fastify from 'fastify';\n${hook()}\nconst app = Fastify();`;
      const listen = "await app.listen({ port: 0, host: '127.0.0.1' });\nconst { port } = app.server.address();";
      assert.equal(await run(code, { head, tail: overHttp(listen) }), handled);
    },
  ],
  ['export const POST', async (code) => assert.equal(await run(code, { head: hook(), tail: asked('(await POST(request)).status') }), handled)],
  [
    'readRawBody',
    async (code) => {
      const head = `import { createServer } from 'node:http';\nimport { createApp, defineEventHandler, getHeaders, readRawBody, setResponseStatus, toNodeListener } from 'h3';\n${hook()}`;
      const listen = `const server = createServer(toNodeListener(createApp().use('/hooks', handler))).listen(0, '127.0.0.1');\n${listening}`;
      assert.equal(await run(code.replace('export default', 'const handler ='), { head, tail: overHttp(listen) }), handled);
    },
  ],
  [
    'metadata: {',
    async (code) => {
      const { items, shippingMethods } = (await world.send('GET', '/api/shop/catalog')).body;
      const [{ amount: fee = '0.00' } = {}] = shippingMethods;
      const coffee = items.find(({ sku }) => sku === cart.items[0]?.sku);
      assert.equal(Number(await run(code)), Number(coffee.unitAmount) * Number(cart.items[0]?.quantity) + Number(fee));
    },
  ],
  [
    'orders.delivery(',
    async (code) => {
      const { reference, order, paymentId } = await world.buy();
      await world.pay(paymentId);
      await world.untilStatus(order, 'paid');
      const list = () => world.send('GET', '/api/operator/orders?fulfilment=pending', { headers: operator });
      await until('the index knows that it is paid', async () => (await list()).body.items.length === 1);
      assert.equal(await run(code), 'Ana Ruiz 72000');
      const { fulfilment, history } = await world.story(reference);
      assert.deepEqual([fulfilment.status, fulfilment.trackingNumber], ['handed-over', '8055241180']);
      assert.ok(history.some(({ what, role }) => what === 'delivery-read' && role === 'operator'), JSON.stringify(history));
    },
  ],
  [
    'orders.create(',
    async (code) => {
      // The index learns of an order after it is placed.
      const tail = `let found = items;
for (const end = Date.now() + 30_000; found.length === 0 && Date.now() < end; ) {
  await new Promise((resolve) => setTimeout(resolve, 100));
  found = (await client.orders.list({ search: reference })).items;
}
console.log(found.map((order) => order.reference === reference).join(), checkoutUrl.includes('/checkout/otp/'));`;
      assert.equal(await run(code, { tail }), 'true true');
    },
  ],
];

/** Packs and installs as it says, but for what `npm test` has built already. @param {string} code */
async function packs(code) {
  const [build, pack = '', install = '', ...more] = code.trim().split('\n');
  assert.deepEqual([build, more], ['npm run build -- package', []]);
  const undo = [];
  const own = await newProject({ after: (act) => void undo.push(act) }, { 'clone/pkg/README.md': readme });
  try {
    await cp(inRoot('pkg'), own.file('clone', 'pkg'), { recursive: true });
    const npmOf = (/** @type {string} */ line, /** @type {string} */ cwd, ...options) => {
      const [command, ...args] = line.replace('<path to the clone>', own.file('clone')).split(' ');
      assert.equal(command, 'npm');
      return npm([...args, ...options], cwd);
    };
    await npmOf(pack, own.file('clone'));
    const project = { 'shop/package.json': '{ "private": true }', 'shop/a.mjs': "import { shop } from 'compago-edge';\nconsole.log(typeof shop().create, import.meta.resolve('compago-edge').includes('/shop/node_modules/'));" };
    await own.add(project);
    await npmOf(install, own.file('shop'), '--offline', '--no-audit', '--no-fund');
    assert.match(await own.node('shop/a.mjs'), /^function true$/m);
  } finally {
    for (const act of undo) await act();
  }
}

/** Compiles a block in JSX. @param {string} code */
async function compiles(code) {
  const own = await newProject({ after: async () => {} }, { 'page.tsx': code.replace('{ sku })', '{ sku }: { sku: string })') });
  try {
    await mkdir(own.file('node_modules', '@types'));
    await symlink(inRoot('node_modules', '@types', 'react'), own.file('node_modules', '@types', 'react'));
    const options = { strict: true, noEmit: true, jsx: ts.JsxEmit.ReactJSX, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, target: ts.ScriptTarget.ES2022, types: [] };
    const found = ts.getPreEmitDiagnostics(ts.createProgram([own.file('page.tsx')], options));
    assert.deepEqual(found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' ')), []);
  } finally {
    await rm(own.folder, { recursive: true });
  }
}

/** Opens a page of the Worker's origin that has the block. @param {string} block */
async function sells(block) {
  const code = block.replaceAll('https://shop.example', world.url);
  const browser = await chromium.launch({ executablePath: process.env.CHROME_PATH ?? (await setupBrowser()).chrome, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    const { headers } = await fetch(`${world.url}/index.html`);
    const policy = { 'content-security-policy': headers.get('content-security-policy') ?? '' };
    await page.route('**/ours.html', (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', headers: policy, body: `<!doctype html><title>x</title>${code}` }));
    await page.goto(`${world.url}/ours.html`);
    await page.getByText('Café de los Altos').waitFor();
    const shown = (/** @type {import('playwright-core').Page} */ seen) => seen.evaluate(() => document.body.innerText);
    assert.doesNotMatch(await shown(page), /hola@shop\.example/);
    const plain = await browser.newContext({ javaScriptEnabled: false });
    const still = await plain.newPage();
    await still.setContent(code);
    assert.match(await shown(still), /hola@shop\.example/, 'without JavaScript it is what is shown');
  } finally {
    await browser.close();
  }
}

for (const [index, { language, code }] of blocks.entries()) {
  const [first = ''] = code.split('\n').filter((line) => !line.startsWith('import'));
  test(`block ${index + 1} (${language}): ${first.slice(0, 70)}`, async () => {
    const how = runs.filter(([mark]) => code.includes(mark));
    assert.equal(how.length, 1, `${how.map(([mark]) => mark).join(', ') || 'nothing'} is to run it`);
    await how[0]?.[1](code);
  });
}

test('the sizes in the table are those that the build is held to', async () => {
  const { sizes } = JSON.parse(await readFile(inRoot('budgets.json'), 'utf8'));
  const limits = {
    'compago-edge': 'compago-edge in a browser',
    'compago-edge/clients': 'its clients, without wasm',
    'compago-edge/status': 'its status-only entry',
    'compago-edge/elements': 'its elements with the poller, for a page',
  };
  const rows = [...readme.matchAll(/^\| `(compago-edge[/\w]*)` \|.*\| ([\d.]+) kB[^|]*\|$/gm)].map(([, entry = '', size]) => [entry, Number(size) * 1000]);
  const expected = Object.entries(limits).map(([entry, limit]) => [entry, sizes.find(({ name }) => name === limit)?.bytes]);
  assert.deepEqual(rows, expected);
});
