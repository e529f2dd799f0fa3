import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Polls until the condition returns a truthy value.
 *
 * @template T
 * @param {string} what is waited for, for the error message
 * @param {() => Promise<T | undefined | null | false> | T | undefined | null | false} look
 * @param {{ ms?: number, every?: number }} [options]
 * @returns {Promise<T>} the first answer of `look` that is true
 */
export async function until(what, look, { ms = 30_000, every = 50 } = {}) {
  const since = performance.now();
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (performance.now() - since > ms) throw new Error(`waited ${ms} ms in vain: ${what}`);
    await sleep(every);
  }
}

/**
 * Lets time pass while something must not happen: to show that something does *not* arrive, a test has to wait for it.
 *
 * @param {number} ms
 * @param {() => Promise<void> | void} check throws if it has happened
 */
export async function throughout(ms, check) {
  for (const since = performance.now(); performance.now() - since < ms; await sleep(100)) await check();
  await check();
}

/**
 * Sends `count` requests at once, one of which is blocked, and releases it as soon as all others are answered.
 *
 * @template T
 * @param {number} count
 * @param {() => Promise<T>} send
 * @param {() => Promise<unknown>} release
 * @returns {Promise<[T | undefined, T[]]>} the answer of the blocked one, and those of the others
 */
export async function heldAmong(count, send, release) {
  /** @type {T[]} */
  const others = [];
  /** @type {T | undefined} */
  let held;
  await Promise.all(Array.from({ length: count }, async () => {
    const answer = await send();
    if (others.length === count - 1) held = answer;
    else if (others.push(answer) === count - 1) await release();
  }));
  return [held, others];
}
