import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { inRoot, workerdPath } from '../../../scripts/paths.mjs';
import { run } from '../../../scripts/run.mjs';
import { ownPort } from '../../support/stack.mjs';
import { until } from '../../worker/support/until.mjs';
import { newProject } from './project.mjs';

/**
 * A Worker of somebody else's that imports the installed package: packed by wrangler with no configuration, run in workerd.
 *
 * @param {import('node:test').TestContext} t ends it
 * @param {Record<string, string>} files with `index.js` as the entry
 */
export async function runWorker(t, files) {
  const { folder, file, add } = await newProject(t, files);
  const wrangler = inRoot('node_modules', 'wrangler', 'bin', 'wrangler.js');
  const options = ['--name', 'shop', '--compatibility-date', '2026-04-26', '--dry-run', '--outdir', 'dist'];
  await run(process.execPath, [wrangler, 'deploy', 'index.js', ...options], {
    cwd: folder,
    env: { CI: '1', WRANGLER_SEND_METRICS: 'false', WRANGLER_LOG_PATH: file('logs') },
  });
  const modules = (await readdir(file('dist'))).filter((name) => name.endsWith('.wasm'));
  await add({ 'workerd.capnp': configuration(modules[0] ?? '') });

  const address = `127.0.0.1:${await ownPort()}`;
  const child = spawn(workerdPath(), ['serve', file('workerd.capnp'), '--socket-addr', `http=${address}`], { stdio: ['ignore', 'pipe', 'pipe'] });
  t.after(() => child.kill('SIGKILL'));
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (log += text));
  await until('the Worker answers', () => fetch(`http://${address}/`, { method: 'HEAD' }).then(() => true, () => false));
  return {
    /** The modules that were packed. */
    modules,
    log: () => log,
    /** @param {RequestInit} [init] */
    ask: (init) => fetch(`http://${address}/`, init),
  };
}

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
