// The installed package in a Worker, packed by wrangler with no configuration and run in workerd.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backend, expectedOfBackend } from './support/backend.mjs';
import { expected, shop } from './support/shop.mjs';
import { runWorker } from './support/worker.mjs';

const worker = `
import { told } from './shop.js';
import { served } from './backend.js';
export default {
  fetch: async ({ method }) => method === 'HEAD' ? new Response() : Response.json({ shop: await told(), backend: await served() }),
};
`;

test('a Worker imports all of it', async (t) => {
  const { modules, ask, log } = await runWorker(t, { 'index.js': worker, 'shop.js': shop, 'backend.js': backend });
  assert.equal(modules.length, 1, `one wasm for all entries: ${modules}`);
  const answer = await ask();
  const text = await answer.text();
  assert.equal(answer.status, 200, text + log());
  assert.deepEqual(JSON.parse(text), { shop: { ...expected, early: 'ready' }, backend: expectedOfBackend });
});

const atOnce = `
import { check } from 'compago-edge';
import { verifyWebhook } from 'compago-edge/webhook';
const details = () => ['en', 'es-MX'].map((language) => check({ items: [] }, { language })[0].detail);
export default {
  async fetch({ method }) {
    if (method === 'HEAD') return new Response();
    const forged = verifyWebhook({ headers: {}, body: '' }, 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw').catch(({ code }) => code);
    await null;
    const before = details();
    return Response.json([await forged, before, details()]);
  },
};
`;

test('entries that are first used at the same time leave each other as they are', async (t) => {
  const { ask, log } = await runWorker(t, { 'index.js': atOnce });
  const answer = await ask();
  const text = await answer.text();
  assert.equal(answer.status, 200, text + log());
  const [code, before, after] = JSON.parse(text);
  assert.equal(code, 'webhook-header-missing');
  assert.deepEqual(before, ['Add at least one product.', 'Agrega al menos un producto.']);
  assert.deepEqual(after, before);
});
