import { mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { Failure } from './failure.mjs';
import { withLock } from './lock.mjs';
import { inRoot, nextDir, shortPath } from './paths.mjs';
import { seconds } from './run.mjs';

const lockFile = inRoot('.build', 'lock');

/**
 * Changes what the checkout holds (packages, tools, built parts) while no other command does.
 *
 * @template T
 * @param {() => Promise<T>} change
 * @returns {Promise<T>}
 */
export async function withCheckout(change) {
  try {
    mkdirSync(path.dirname(lockFile), { recursive: true });
    return await withLock(lockFile, change, (holder) => {
      const took = seconds(performance.now() - (Date.now() - holder.since));
      // Whether it still runs cannot be seen from here.
      const hint = holder.host === hostname() ? '' : `; if it is over, remove ${shortPath(lockFile)}`;
      console.log(`  waiting for \`${holder.command}\` (process ${holder.pid} on ${holder.host}), which has been building in this folder for ${took}${hint}`);
    });
  } catch (error) {
    throw unwritable(error, 'This checkout') ?? error;
  }
}

/** Removes what builds left that were killed. */
export const cleanNext = () => rm(nextDir, { recursive: true, force: true });

/**
 * @param {unknown} error
 * @param {string} what cannot be written to, as the beginning of a sentence
 * @returns {Failure | undefined} one sentence, if that is what is wrong
 */
export function unwritable(error, what) {
  const { code, path: place } = /** @type {NodeJS.ErrnoException} */ (error);
  if (!['EACCES', 'EPERM', 'EROFS'].includes(code ?? '')) return undefined;
  const why = code === 'EROFS' ? 'its file system is read-only' : 'you may not write there';
  return new Failure(`${what} has to be changed, and cannot be: ${why} (${place}).`);
}
