import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inRoot } from '../../../scripts/paths.mjs';
import { isFree } from '../../../scripts/processes.mjs';
import { outputOf } from '../../support/output.mjs';
import { ownPort } from '../../support/stack.mjs';

/** @param {import('node:test').TestContext} context @returns {Promise<string>} an empty data folder */
export async function newDataFolder(context) {
  const folder = await mkdtemp(path.join(tmpdir(), 'compago-edge-data-'));
  context.after(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** A port with two free ones above it, for sandbox and receiver. */
export async function threePorts() {
  for (;;) {
    const port = await ownPort();
    if ((await isFree(port + 1)) && (await isFree(port + 2))) return port;
  }
}

/**
 * Runs one of the commands that a person types, for the shop of the tests.
 *
 * @param {import('node:test').TestContext} context
 * @param {string} name as in scripts/<name>.mjs
 * @param {string[]} [args]
 * @param {{ env?: Record<string, string>, root?: string, uid?: number, gid?: number }} [options] root: of another checkout
 */
export function command(context, name, args = [], { env = {}, root = inRoot(), ...user } = {}) {
  const child = spawn(process.execPath, [path.join(root, 'scripts', `${name}.mjs`), ...args], { env: { ...process.env, SHOP: path.join(root, 'tests', 'shop'), ...env }, ...user });
  const { ended, output, until } = outputOf(child);
  const stop = async () => {
    child.kill('SIGTERM');
    return ended;
  };
  context.after(stop);
  return {
    pid: child.pid ?? 0,
    output,
    ended,
    stop,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    until,
  };
}

/** @param {import('node:test').TestContext} context @param {{ port?: number, data?: string, root?: string }} [options] */
export async function startCopy(context, { port, data, root } = {}) {
  port ??= await threePorts();
  data ??= await newDataFolder(context);
  const running = command(context, 'start', ['--port', String(port), '--data', data], { root });
  return { ...running, port, data, url: `http://localhost:${port}`, ready: () => running.until(/Ctrl-C ends everything/) };
}
