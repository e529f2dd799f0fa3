import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Looks again and again until there is something to see.
 *
 * @template T
 * @param {string} what is waited for, for the failure's words
 * @param {() => Promise<T | undefined | null | false> | T | undefined | null | false} look
 * @param {number} [ms]
 * @returns {Promise<T>} the first answer of `look` that is true
 */
export async function until(what, look, ms = 30_000) {
  for (const since = performance.now(); performance.now() - since < ms; await sleep(50)) {
    const seen = await look();
    if (seen) return seen;
  }
  throw new Error(`waited ${ms} ms in vain: ${what}`);
}
