import { spawn } from 'node:child_process';
import { mkdir, realpath, symlink } from 'node:fs/promises';
import path from 'node:path';
import { withoutProxyForLoopback } from '../../../scripts/loopback.mjs';
import { run } from '../../../scripts/run.mjs';
import { outputOf } from '../../support/output.mjs';

/** What a shop's owner has: Node with npm, and a shell. */
const programs = ['node', 'npm', 'npx', 'sh'];

/** What of this process's environment says how the network is reached. */
const network = /^(https?_proxy|no_proxy|all_proxy|node_extra_ca_certs|ssl_cert_(file|dir)|systemroot)$/i;

/** Makes a folder for PATH that has these programs and no other. @param {string} bin */
export async function makeBin(bin) {
  await mkdir(bin);
  for (const name of programs) await symlink(await found(name), path.join(bin, name));
}

/**
 * A computer of somebody who has Node and no compiler: a home and a PATH of its own.
 *
 * @param {string} folder
 * @param {string} registry
 */
export async function newMachine(folder, registry) {
  const [bin, home, temporary, cache] = ['bin', 'home', 'tmp', 'cache'].map((name) => path.join(folder, name));
  for (const made of [home, temporary]) await mkdir(made);
  await makeBin(bin);
  await shareDownloads(cache);
  const reached = Object.fromEntries(Object.entries(withoutProxyForLoopback()).filter(([name]) => network.test(name)));
  const ofNpm = { npm_config_registry: registry, npm_config_cache: cache, npm_config_prefer_offline: 'true', npm_config_update_notifier: 'false' };
  const env = { ...reached, ...ofNpm, PATH: bin, HOME: home, TMPDIR: temporary, CI: 'true', WRANGLER_SEND_METRICS: 'false' };
  return {
    home,
    /** Types a command. @param {string} cwd @param {string[]} words */
    type: (cwd, [program = '', ...args]) => typed(path.join(bin, program), args, { cwd, env }),
  };
}

/** Makes a cache of npm's of its own, in which what this machine has downloaded need not be downloaded again. @param {string} cache */
async function shareDownloads(cache) {
  const downloads = path.join((await run('npm', ['config', 'get', 'cache'])).trim(), '_cacache');
  for (const made of [cache, downloads]) await mkdir(made, { recursive: true });
  // Not all of it: beside it is what npx has installed, by name alone.
  await symlink(downloads, path.join(cache, '_cacache'));
}

/** @param {string} program @param {string[]} args @param {{ cwd: string, env: Record<string, string | undefined> }} where */
function typed(program, args, where) {
  // A group of its own, as a terminal makes: Ctrl-C reaches all of it.
  const child = spawn(program, args, { ...where, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const { ended, output, until } = outputOf(child);
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
    output,
    until,
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
