import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Failure } from '../../scripts/failure.mjs';
import { askLocally } from '../../scripts/loopback.mjs';
import { workerdPath } from '../../scripts/paths.mjs';
import { takeFolder } from './folder.js';

/** How long workerd may take to answer, on a busy machine too. */
const READY_MS = 30_000;
/** How long running answers may take after the signal to end. */
const GRACE_MS = 2_000;
/** How much of what workerd wrote is shown when it does not start. */
const SHOWN = 2_000;

/**
 * Runs the sandbox until a signal asks it to end.
 *
 * @param {import('./options.js').Options} options
 * @throws {Failure} if it does not start, or ends by itself
 */
export async function serve({ port: wanted, origin, data }) {
  const taken = data === undefined ? undefined : await takeFolder(data);
  const port = await freePort(wanted);
  const workerd = start(port, origin ?? `http://localhost:${port}`, taken?.folder);
  const signalled = endOnSignals(workerd);
  if (workerd.pid !== undefined) taken?.addHolder(workerd.pid);
  await Promise.race([untilReady(workerd, port), workerd.ended]);
  if (workerd.hasEnded()) {
    if (signalled()) return;
    throw didNotStart(workerd);
  }
  console.log(`sandbox listening on http://127.0.0.1:${port}`);
  workerd.showWords();
  await workerd.ended;
  if (!signalled()) throw new Failure('The sandbox stopped serving: workerd ended.');
}

/**
 * @param {number} wanted
 * @returns {Promise<number>} the port, which no program listens on
 */
function freePort(wanted) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) => {
      const busy = `Port ${wanted} is in use by another program; end it or choose another with --port.`;
      reject(new Failure(error.code === 'EADDRINUSE' ? busy : `Port ${wanted} cannot be used: ${error.message}.`));
    });
    server.listen({ host: '127.0.0.1', port: wanted }, () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}

/** @typedef {ReturnType<typeof start>} Workerd */

/** @param {number} port @param {string} origin @param {string | undefined} folder */
function start(port, origin, folder) {
  const config = fileURLToPath(new URL(folder === undefined ? 'in-memory.capnp' : 'on-disk.capnp', import.meta.url));
  const args = ['serve', config, '--socket-addr', `http=127.0.0.1:${port}`];
  if (folder !== undefined) args.push('--directory-path', `objects=${folder}`);
  const child = spawn(workerdPath(), args, { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, ORIGIN: origin } });
  process.once('exit', () => child.kill('SIGKILL'));
  // Before the first answer, they are part of the one sentence that says why there is none.
  let [words, isShown] = ['', false];
  child.stderr.setEncoding('utf8').on('data', (text) => {
    if (isShown) process.stderr.write(text);
    else words = (words + text).slice(-SHOWN);
  });
  let hasEnded = false;
  /** @type {Promise<void>} */
  const ended = new Promise((resolve) => {
    const end = () => {
      hasEnded = true;
      resolve();
    };
    child.once('error', (error) => {
      words = error.message;
      end();
    });
    child.once('close', end);
  });
  const kill = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
  return { pid: child.pid, ended, hasEnded: () => hasEnded, lastWords: () => words.replaceAll(/^stack: .*\n?/gm, '').trim(), showWords: () => (isShown = true), kill };
}

/** @param {Workerd} workerd @returns {() => boolean} whether a signal has asked it to end */
function endOnSignals(workerd) {
  let isEnding = false;
  for (const name of /** @type {const} */ (['SIGHUP', 'SIGINT', 'SIGTERM'])) {
    process.on(name, () => {
      isEnding = true;
      workerd.kill('SIGTERM');
      setTimeout(() => workerd.kill('SIGKILL'), GRACE_MS).unref();
    });
  }
  return () => isEnding;
}

/** Waits for the first answer. @param {Workerd} workerd @param {number} port */
async function untilReady(workerd, port) {
  for (const since = performance.now(); performance.now() - since < READY_MS; await sleep(30)) {
    if (workerd.hasEnded()) return;
    const answer = await askLocally(`http://127.0.0.1:${port}/_sandbox/clock`).catch(() => undefined);
    if (answer?.status === 200) return;
    if (answer) throw messageOf(answer.text) ?? didNotStart(workerd);
  }
  throw new Failure(`The sandbox was not ready after ${READY_MS / 1000} s.`);
}

/** @param {string} text of an answer that reports a problem @returns {Failure | undefined} nothing if it is not the sandbox's own */
function messageOf(text) {
  try {
    return new Failure(JSON.parse(text).message);
  } catch {
    return undefined;
  }
}

/** @param {Workerd} workerd */
const didNotStart = (workerd) => new Failure(`The sandbox did not start: ${workerd.lastWords() || 'workerd ended at once.'}`);
