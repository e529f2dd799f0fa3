import { mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { end, killChildren, watchChildren } from './children.mjs';
import { Failure } from './failure.mjs';
import { isAlive } from './liveness.mjs';
import { withLock } from './lock.mjs';
import { inProject, isPackage, nextDir, shortPath } from './paths.mjs';
import { seconds } from './run.mjs';

const lockFile = inProject('.build', 'lock');

/**
 * Changes what the checkout holds (packages, tools, built parts) while no other command does. No process that the change has started is
 * running once the checkout is unlocked: if this process is killed, the next one to take the lock ends them.
 *
 * @template T
 * @param {() => Promise<T>} change
 * @returns {Promise<T>}
 */
export async function withCheckout(change) {
  try {
    mkdirSync(path.dirname(lockFile), { recursive: true });
    return await withLock(lockFile, (lock) => recorded(change, lock), sayWhoBuilds, { onTakeOver: endLeft });
  } catch (error) {
    throw unwritable(error, isPackage ? 'This folder' : 'This checkout') ?? error;
  }
}

/**
 * @template T
 * @param {() => Promise<T>} change
 * @param {import('./lock.mjs').Lock} lock
 * @returns {Promise<T>}
 */
async function recorded(change, lock) {
  const stop = watchChildren((children) => lock.update({ children }));
  try {
    return await change();
  } catch (error) {
    // Of parts that are built side by side one may have failed and another still go on.
    await killChildren();
    throw error;
  } finally {
    stop();
  }
}

/** @param {import('./lock.mjs').Holder} holder */
function sayWhoBuilds({ command, pid, host, since }) {
  const took = seconds(performance.now() - (Date.now() - since));
  // Whether it still runs cannot be seen from here.
  const hint = host === hostname() ? '' : `; if it is over, remove ${shortPath(lockFile)}`;
  console.log(`  waiting for \`${command}\` (process ${pid} on ${host}), which has been building in this folder for ${took}${hint}`);
}

/** @param {import('./lock.mjs').Holder} dead */
async function endLeft({ children = [] }) {
  for (const child of children.filter(isAlive)) {
    console.log(`  ending process ${child.pid}, which a command that was killed left at work`);
    await end(child);
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
