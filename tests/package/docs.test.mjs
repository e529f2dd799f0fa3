// Each example of the documentation runs as it stands, against a shop of its own, and prints what it says it prints.

import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { inRoot } from '../../scripts/paths.mjs';
import { secrets } from '../support/stack.mjs';
import { cart } from '../worker/support/bodies.mjs';
import { startWorld } from '../worker/support/world.mjs';
import { newProject } from './support/project.mjs';

const folder = inRoot('pkg');
const types = (await readdir(folder)).filter((name) => name.endsWith('.d.ts')).sort();
/** @type {{ name: string, code: string }[]} */
const examples = [];
/** What is exported for programs to call, by file. @type {Map<string, string[]>} */
const exported = new Map();
for (const name of types) {
  const text = await readFile(`${folder}/${name}`, 'utf8');
  for (const [, block] of text.matchAll(/```js\n(.*?) \* ```/gs)) examples.push({ name, code: block.replaceAll(/^ \* ?/gm, '') });
  exported.set(name, [...text.matchAll(/^export (?:declare )?(?:function|class) (\w+)/gm)].map(([, symbol]) => symbol));
}

/** @type {Awaited<ReturnType<typeof startWorld>>} */
let world;
/** @type {Awaited<ReturnType<typeof newProject>>} */
let project;
const ends = [];
before(async () => {
  world = await startWorld();
  project = await newProject({ after: (act) => void ends.push(act) });
});
after(async () => {
  for (const end of ends) await end();
  await world.stop();
});

/** What an example finds at hand: an order, a cart, the keys, and a shop at https://shop.example. */
const prelude = (order) => `
const own = globalThis.fetch;
globalThis.fetch = (url, init) => own(String(url).replace('https://shop.example', ${JSON.stringify(world.url)}), init);
Object.assign(globalThis, ${JSON.stringify({ order, cart, token: secrets.CASHIER_TOKEN, apiKey: secrets.COMPAGO_API_KEY, baseUrl: `${world.sandbox.url}/api`, secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' })});
`;

/** A webhook as our Worker sends it. */
const webhook = `
const { createHmac } = await import('node:crypto');
const body = '{"type":"order.paid","timestamp":"2026-03-01T18:00:00.000Z","data":{"reference":"K7Q2-M9XD-3FHT"},"environment":"production"}';
const timestamp = String(Math.floor(Date.now() / 1000));
const mac = createHmac('sha256', Buffer.from(secret.slice(6), 'base64')).update('evt_1.' + timestamp + '.' + body).digest('base64');
globalThis.request = new Request('https://shop.example/hooks', { method: 'POST', body, headers: { 'webhook-id': 'evt_1', 'webhook-timestamp': timestamp, 'webhook-signature': 'v1,' + mac } });
`;

for (const [index, { name, code }] of examples.entries()) {
  const [, subject] = /\{ ?(.+?) ?\}/.exec(code) ?? [];
  test(`${name}: ${subject}`, async () => {
    const { order } = await world.buy();
    const file = `example-${index}.mjs`;
    await project.add({
      [`prelude-${index}.mjs`]: prelude(order) + webhook,
      [file]: `import './prelude-${index}.mjs';\n${code}`,
    });
    const printed = (await project.node(file)).trim().split('\n');
    const promised = [...code.matchAll(/console\.log\(.*\); \/\/ (.+)$/gm)].map(([, told]) => told);
    for (const [at, told] of promised.entries()) {
      if (/^("[^"]*"|\d+|true|false|undefined)( ("[^"]*"|\d+))*$/.test(told)) assert.equal(printed[at], told.replaceAll('"', ''), code);
    }
  });
}

test('every function and class has an example', () => {
  const shown = examples.map(({ code }) => code).join('\n');
  const without = [...exported].flatMap(([name, symbols]) => symbols.filter((symbol) => !name.startsWith('elements') && !shown.includes(symbol)).map((symbol) => `${name}: ${symbol}`));
  assert.deepEqual(without, []);
});
