// The commands that this process has started and that have not ended. None goes on without it: what they write to is locked while it lives.

import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, processId } from './liveness.mjs';

/** @typedef {import('./liveness.mjs').ProcessId} ProcessId */

/** How long a process may take to end after the signal to do so. */
const END_MS = 5_000;

/** Each is the leader of a group of its own, so that its own children end with it. A copy of Windows has no such groups. */
export const inGroup = process.platform !== 'win32';

/** By its number. @type {Map<number, Promise<unknown>>} */
const running = new Map();
/** @type {Set<() => void>} */
const watchers = new Set();

// Before locks are released, which is done at `exit` too.
process.prependOnceListener('exit', () => running.forEach((_, pid) => signal(pid, 'SIGKILL')));

/** @param {number} pid @param {Promise<unknown>} ended settles when it has ended */
export function track(pid, ended) {
  running.set(pid, ended);
  watchers.forEach((notify) => notify());
  const forget = () => running.delete(pid);
  ended.then(forget, forget);
}

/** @param {(children: ProcessId[]) => void} onChange called with all of them whenever there is one more @returns {() => void} ends that */
export function watchChildren(onChange) {
  const watcher = () => onChange([...running.keys()].map(processId));
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** Ends all of them, and waits until they are gone. */
export async function killChildren() {
  running.forEach((_, pid) => signal(pid, 'SIGKILL'));
  await Promise.allSettled(running.values());
}

/** Whether this process ends, and so do the commands that it has started: that they end is no news. */
export let isEnding = false;

/** Ends this process after its children when a signal asks for it: by default, Node would end at once without cleaning up. */
export function endOnSignals() {
  for (const name of /** @type {const} */ (['SIGHUP', 'SIGINT', 'SIGTERM'])) {
    process.on(name, async () => {
      if (isEnding) return;
      isEnding = true;
      running.forEach((_, pid) => signal(pid, 'SIGTERM'));
      await Promise.race([Promise.allSettled(running.values()), sleep(END_MS)]);
      process.exit(128 + constants.signals[name]);
    });
  }
}

/** Ends a process that was left by another one, and waits until it is gone. @param {ProcessId} id */
export async function end(id) {
  for (const name of /** @type {const} */ (['SIGTERM', 'SIGKILL'])) {
    signal(id.pid, name);
    for (const since = performance.now(); performance.now() - since < END_MS; await sleep(20)) {
      if (!isAlive(id)) return;
    }
  }
}

/** @param {number} pid of the leader of a group, which gets it too @param {NodeJS.Signals} name */
export function signal(pid, name) {
  try {
    process.kill(inGroup ? -pid : pid, name);
  } catch (error) {
    // It may just have ended by itself.
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
  }
}
