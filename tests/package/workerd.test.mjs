// The installed package in a Worker, packed by wrangler with no configuration and run in workerd.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { test } from 'node:test';
import { inRoot, workerdPath } from '../../scripts/paths.mjs';
import { run } from '../../scripts/run.mjs';
import { until } from '../worker/support/until.mjs';
import { ownPort } from '../support/stack.mjs';
import { backend, expectedOfBackend } from './support/backend.mjs';
import { newProject } from './support/project.mjs';
import { expected, shop } from './support/shop.mjs';

const worker = `
import { told } from './shop.js';
import { served } from './backend.js';
export default {
  fetch: async () => Response.json({ shop: await told(), backend: await served() }),
};
`;

test('a Worker imports all of it', async (t) => {
  const { folder, file, add } = await newProject(t, { 'index.js': worker, 'shop.js': shop, 'backend.js': backend });
  await run(process.execPath, [inRoot('node_modules', 'wrangler', 'bin', 'wrangler.js'), 'deploy', 'index.js', '--name', 'shop', '--compatibility-date', '2026-04-26', '--dry-run', '--outdir', 'dist'], {
    cwd: folder,
    env: { CI: '1', WRANGLER_SEND_METRICS: 'false', WRANGLER_LOG_PATH: file('logs') },
  });
  const wasm = (await readdir(file('dist'))).filter((name) => name.endsWith('.wasm'));
  assert.equal(wasm.length, 1, `one wasm for all entries: ${wasm}`);
  await add({ 'workerd.capnp': configuration(wasm[0] ?? '') });

  const address = `127.0.0.1:${await ownPort()}`;
  const child = spawn(workerdPath(), ['serve', file('workerd.capnp'), '--socket-addr', `http=${address}`], { stdio: ['ignore', 'pipe', 'pipe'] });
  t.after(() => child.kill('SIGKILL'));
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (log += text));
  const answer = await until('the Worker answers', () => fetch(`http://${address}/`).catch(() => undefined));
  const text = await answer.text();
  assert.equal(answer.status, 200, text + log);
  assert.deepEqual(JSON.parse(text), { shop: { ...expected, early: 'ready' }, backend: expectedOfBackend });
});

/** @param {string} wasm */
const configuration = (wasm) => `
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .worker)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
const worker :Workerd.Worker = (
  modules = [(name = "index.js", esModule = embed "dist/index.js"), (name = "./${wasm}", wasm = embed "dist/${wasm}")],
  compatibilityDate = "2026-04-26",
);
`;
