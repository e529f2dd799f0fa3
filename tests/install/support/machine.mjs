import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, realpath, symlink } from 'node:fs/promises';
import path from 'node:path';
import { withoutProxyForLoopback } from '../../../scripts/loopback.mjs';

/** What a shop's owner has: Node with npm, and a shell. */
const programs = ['node', 'npm', 'npx', 'sh'];

/** What of this process's environment says how the network is reached. */
const network = /^(https?_proxy|no_proxy|all_proxy|node_extra_ca_certs|ssl_cert_(file|dir)|systemroot)$/i;

/**
 * A computer of somebody who has Node and no compiler: a home and a PATH of its own.
 *
 * @param {string} folder
 * @param {string} registry
 */
export async function newMachine(folder, registry) {
  const [bin, home, temporary] = ['bin', 'home', 'tmp'].map((name) => path.join(folder, name));
  for (const made of [bin, home, temporary]) await mkdir(made);
  for (const name of programs) await symlink(await found(name), path.join(bin, name));
  const reached = Object.fromEntries(Object.entries(withoutProxyForLoopback()).filter(([name]) => network.test(name)));
  const env = { ...reached, PATH: bin, HOME: home, TMPDIR: temporary, CI: 'true', WRANGLER_SEND_METRICS: 'false', npm_config_registry: registry, npm_config_update_notifier: 'false' };
  return {
    home,
    /** Types a command. @param {string} cwd @param {string[]} words */
    type: (cwd, [program = '', ...args]) => typed(path.join(bin, program), args, { cwd, env }),
  };
}

/** @param {string} program @param {string[]} args @param {{ cwd: string, env: Record<string, string | undefined> }} where */
function typed(program, args, where) {
  // A group of its own, as a terminal makes: Ctrl-C reaches all of it.
  const child = spawn(program, args, { ...where, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  const ended = once(child, 'close').then(([code]) => ({ code, output }));
  const signal = (/** @type {NodeJS.Signals} */ name) => {
    try {
      process.kill(-Number(child.pid), name);
    } catch {
      // It has ended.
    }
    return ended;
  };
  return {
    ended,
    /** Presses Ctrl-C. */
    interrupt: () => signal('SIGINT'),
    kill: () => signal('SIGKILL'),
    output: () => output,
    /** @param {RegExp} pattern @returns {Promise<string>} what it has written once that matches */
    until: (pattern) =>
      new Promise((resolve, reject) => {
        child.stdout.on('data', () => pattern.test(output) && resolve(output));
        void ended.then(() => reject(new Error(`ended before ${pattern}:\n${output}`)));
      }),
  };
}

/** @param {string} name @returns {Promise<string>} the program that this process would start */
async function found(name) {
  if (name === 'node') return process.execPath;
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    const file = await realpath(path.join(folder, name)).catch(() => undefined);
    if (file) return file;
  }
  throw new Error(`There is no ${name} on PATH.`);
}
