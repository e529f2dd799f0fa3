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
