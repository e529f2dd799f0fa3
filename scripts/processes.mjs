// Starts the Worker and Compago's stand-in, and ends them with this process.

import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inGroup, signal } from './children.mjs';
import { Failure } from './failure.mjs';
import { askLocally, withoutProxyForLoopback } from './loopback.mjs';
import { project, sandboxPath, siteDir, workerConfig, workerdPath } from './paths.mjs';
import { workerVariables } from './settings.mjs';

/** How long a child may take to be ready, on a busy machine too. */
const READY_MS = 30_000;
const STOP_MS = 1_000;
const KEPT_LINES = 30;

/** No child outlives this process, however it ends short of SIGKILL. @type {Set<import('node:child_process').ChildProcess>} */
const alive = new Set();
process.once('exit', () => alive.forEach((child) => signalAll(child, 'SIGKILL')));

/**
 * @typedef {object} Child
 * @property {string} name
 * @property {number | undefined} pid
 * @property {Promise<void>} exited settles when the process is gone
 * @property {() => string} lastLines what it wrote last
 * @property {(signal?: NodeJS.Signals) => Promise<void>} kill sends SIGKILL, or another signal, and waits
 * @property {() => Promise<void>} stop asks it to end, insists after a second
 */

/**
 * A program that stands in for Compago, and its arguments beside the port.
 *
 * @typedef {{ command: string, args: string[] }} SandboxProgram
 */

/** @param {string[]} [args] @returns {SandboxProgram} the one that the repository builds with cargo */
export const nativeSandbox = (args = []) => ({ command: sandboxPath, args });

/**
 * Starts Compago's stand-in.
 *
 * @param {{ port?: number, program?: SandboxProgram, logFile?: string, onSpawn?: (pid: number) => void }} [options] port 0 is any free one;
 *   onSpawn is called with the process id before the process is ready
 * @returns {Promise<Child & { url: string, origin: string }>} url is where to call, origin where its pages are
 */
export async function startSandbox({ port = 0, program = nativeSandbox(), logFile, onSpawn } = {}) {
  if (!existsSync(program.command)) throw new Failure('The sandbox is not built: run `npm run build` first.');
  const child = spawnChild('sandbox', program.command, [...program.args, '--port', String(port)], { logFile, onSpawn });
  const url = await untilReady(child, async () => child.output().match(/sandbox listening on (http:\S+)/)?.[1]);
  return { ...child, url, origin: url.replace('127.0.0.1', 'localhost') };
}

/**
 * Starts the built Worker in workerd with its Durable Objects in `dataDir`.
 *
 * @param {{ port?: number, dataDir: string, variables: Record<string, string>, logFile?: string, config?: string, site?: string,
 *   onSpawn?: (pid: number) => void }} options site: the folder of the static files; onSpawn is called with the process id before the process is ready
 * @returns {Promise<Child & { url: string, port: number }>} once `/healthz` answers
 */
export async function startWorker({ port, dataDir, variables, logFile, config = workerConfig, site = siteDir, onSpawn }) {
  if (!existsSync(path.join(path.dirname(workerConfig), 'build', 'index.js')) || !existsSync(site)) {
    throw new Failure('The Worker is not built: run `npm run build` first.');
  }
  port ??= await freePort();
  const objects = path.join(dataDir, 'objects');
  mkdirSync(objects, { recursive: true });
  const args = ['serve', config, '--socket-addr', `http=127.0.0.1:${port}`];
  args.push('--directory-path', `site=${site}`, '--directory-path', `objects=${objects}`);
  const environment = Object.fromEntries(workerVariables.map((name) => [name, variables[name] ?? '']));
  const child = spawnChild('worker', workerdPath(), args, { env: environment, logFile, onSpawn });
  const url = `http://localhost:${port}`;
  await untilReady(child, async () => (await answers(`http://127.0.0.1:${port}/healthz`)) || undefined);
  return { ...child, url, port };
}

/**
 * @param {number} [preferred] taken if it is free
 * @returns {Promise<number>} a port that no process listens on now
 */
export async function freePort(preferred = 0) {
  return (preferred <= 65_535 && (await bind(preferred))) || /** @type {number} */ (await bind(0));
}

/** @param {number} port @returns {Promise<boolean>} whether no process listens on it */
export const isFree = async (port) => (await bind(port)) !== undefined;

/** @param {number} port @returns {Promise<number | undefined>} the port that could be bound, and is free again */
function bind(port) {
  return new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => {
      const bound = /** @type {import('node:net').AddressInfo} */ (server.address()).port;
      server.close(() => resolve(bound));
    });
  });
}

/**
 * @param {string} name
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: Record<string, string>, logFile?: string, onSpawn?: (pid: number) => void }} options
 */
function spawnChild(name, command, args, { env = {}, logFile, onSpawn }) {
  const log = logFile ? createWriteStream(logFile, { flags: 'a' }) : undefined;
  const spawned = spawn(command, args, {
    cwd: project,
    env: { ...withoutProxyForLoopback(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own: Ctrl-C reaches us alone, and we end the children in order.
    detached: inGroup,
  });
  alive.add(spawned);
  if (spawned.pid !== undefined) onSpawn?.(spawned.pid);
  let lines = [''];
  for (const stream of [spawned.stdout, spawned.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      log?.write(text);
      const [first, ...rest] = text.split('\n');
      lines = [...lines.slice(0, -1), lines.at(-1) + first, ...rest].slice(-KEPT_LINES);
    });
  }
  let ended = false;
  const exited = new Promise((resolve) => {
    spawned.once('error', (error) => lines.push(error.message));
    spawned.once('close', () => {
      ended = true;
      alive.delete(spawned);
      log?.end();
      resolve(undefined);
    });
  });
  const output = () => lines.join('\n');
  const kill = async (/** @type {NodeJS.Signals} */ signal = 'SIGKILL') => {
    signalAll(spawned, signal);
    await exited;
  };
  const stop = async () => {
    signalAll(spawned, 'SIGTERM');
    const insist = setTimeout(() => signalAll(spawned, 'SIGKILL'), STOP_MS);
    await exited;
    clearTimeout(insist);
  };
  return { name, pid: spawned.pid, exited, hasEnded: () => ended, output, lastLines: () => output().trim(), kill, stop };
}

/** Sends it to a child that runs, and to the processes that the child has started. @param {import('node:child_process').ChildProcess} child @param {NodeJS.Signals} name */
function signalAll({ pid, exitCode, signalCode }, name) {
  if (pid !== undefined && exitCode === null && signalCode === null) signal(pid, name);
}

/**
 * @template T
 * @param {ReturnType<typeof spawnChild>} child
 * @param {() => Promise<T | undefined>} look
 * @returns {Promise<T>} the first answer of `look`
 */
async function untilReady(child, look) {
  for (const since = performance.now(); performance.now() - since < READY_MS; await sleep(30)) {
    if (child.hasEnded()) throw new Failure(`The ${child.name} ended while starting:\n${child.lastLines()}`);
    const answer = await look();
    if (answer !== undefined) return answer;
  }
  await child.kill();
  throw new Failure(`The ${child.name} was not ready after ${READY_MS / 1000} s:\n${child.lastLines()}`);
}

/** @param {string} url @returns {Promise<boolean>} whether something answers there */
async function answers(url) {
  try {
    await askLocally(url);
    return true;
  } catch {
    return false;
  }
}
