import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Looks again and again until there is something to see.
 *
 * @template T
 * @param {string} what is waited for, for the failure's words
 * @param {() => Promise<T | undefined | null | false> | T | undefined | null | false} look
 * @param {{ ms?: number, every?: number }} [options]
 * @returns {Promise<T>} the first answer of `look` that is true
 */
export async function until(what, look, { ms = 15_000, every = 50 } = {}) {
  const since = performance.now();
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (performance.now() - since > ms) throw new Error(`waited ${ms} ms in vain: ${what}`);
    await sleep(every);
  }
}

/**
 * Lets time go by while nothing may happen: to show that something does *not* come, a test has to wait for it.
 *
 * @param {number} ms
 * @param {() => Promise<void> | void} check throws when it has happened after all
 */
export async function throughout(ms, check) {
  for (const since = performance.now(); performance.now() - since < ms; await sleep(100)) await check();
  await check();
}
