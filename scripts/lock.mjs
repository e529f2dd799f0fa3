// Locks between processes, as files. A holder that was killed is noticed at once, and exactly one process takes its place.
//
// npm's lock libraries cannot be used: these locks guard the installation of packages as well. Besides, they take a lock for given up when it
// was not renewed for some seconds, and let two processes that notice it at the same time both take it over.

import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, processId } from './liveness.mjs';
import { inRoot, isPackage } from './paths.mjs';

/**
 * The content of a lock's file.
 *
 * @typedef {import('./liveness.mjs').ProcessId & { token: string, command: string, since: number, port?: number,
 *   children?: import('./liveness.mjs').ProcessId[] }} Holder
 * @typedef {{ file: string, update: (details: Partial<Holder>) => void, release: () => void }} Lock
 * @typedef {{ details?: Partial<Holder>, onTakeOver?: (dead: Holder) => Promise<void> }} LockOptions
 *   onTakeOver: what has to be done before the lock of a holder that was killed is free
 */

/** The locks that this process holds. @type {Set<Lock>} */
const held = new Set();
process.once('exit', () => held.forEach((lock) => lock.release()));

/**
 * Takes a lock unless a running process holds it.
 *
 * A lock is taken by linking a complete file to its name, which fails if the name exists. Only its holder removes it, or, if the holder has
 * ended, the process that holds a second lock, the one of its removal. So no process can remove a lock that was taken in the meantime.
 *
 * @param {string} file
 * @param {LockOptions} [options]
 * @returns {Promise<{ lock: Lock } | { holder: Holder }>}
 */
export async function tryLock(file, { details = {}, onTakeOver } = {}) {
  for (;;) {
    const lock = create(file, details);
    if (lock) return { lock };
    const holder = read(file);
    if (!holder) continue;
    if (isAlive(holder)) return { holder };
    const removal = await tryLock(`${file}.removal`);
    if ('holder' in removal) {
      await sleep(20);
      continue;
    }
    try {
      const dead = read(file);
      if (dead && !isAlive(dead)) {
        await onTakeOver?.(dead);
        unlinkSync(file);
      }
    } finally {
      removal.lock.release();
    }
  }
}

/**
 * Runs `act` while this process holds the lock, and waits for the process that holds it.
 *
 * @template T
 * @param {string} file
 * @param {(lock: Lock) => Promise<T>} act
 * @param {(holder: Holder) => void} onWait called once for each process that is waited for
 * @param {LockOptions} [options]
 * @returns {Promise<T>}
 */
export async function withLock(file, act, onWait, options) {
  let waitingFor;
  for (;;) {
    const taken = await tryLock(file, options);
    if ('lock' in taken) {
      try {
        return await act(taken.lock);
      } finally {
        taken.lock.release();
      }
    }
    if (waitingFor !== taken.holder.token) onWait(taken.holder);
    waitingFor = taken.holder.token;
    await sleep(100);
  }
}

/** What a person types to start this process. */
function commandName() {
  const script = process.argv[1] ?? '';
  if (isPackage) return `compago-edge-worker ${process.argv[2] ?? ''}`.trim();
  const name = path.basename(script, '.mjs');
  if (path.dirname(script) !== inRoot('scripts')) return `node ${script}`.trim();
  return ['start', 'test'].includes(name) ? `npm ${name}` : `npm run ${name}`;
}

/** @param {string} file @param {Partial<Holder>} details @returns {Lock | undefined} nothing if there is one */
function create(file, details) {
  /** @type {Holder} */
  let holder = { ...processId(process.pid), token: randomUUID(), command: commandName(), since: Date.now(), ...details };
  // Not by its number: processes of different containers may share the folder.
  const prepared = `${file}.${holder.token}`;
  const prepare = () => writeFileSync(prepared, JSON.stringify(holder));
  prepare();
  try {
    linkSync(prepared, file);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return undefined;
    throw error;
  } finally {
    unlinkSync(prepared);
  }
  const lock = {
    file,
    update: (/** @type {Partial<Holder>} */ more) => {
      holder = { ...holder, ...more };
      prepare();
      renameSync(prepared, file);
    },
    release: () => {
      held.delete(lock);
      // A person may have removed it, and another process taken it.
      if (read(file)?.token === holder.token) unlinkSync(file);
    },
  };
  held.add(lock);
  return lock;
}

/** @param {string} file @returns {Holder | undefined} */
function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return undefined;
    // Files are complete when they get their name, unless the machine lost its power then: its processes are gone too.
    if (error instanceof SyntaxError) return { pid: 0, host: hostname(), token: '', command: '', since: 0 };
    throw error;
  }
}
