import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from './failure.js';

/**
 * Makes a data folder, if it is not there, and this run's own: of two runs in one folder, each would overwrite what the other has saved.
 *
 * @param {string} data
 * @returns {Promise<{ folder: string, addHolder: (pid: number) => Promise<void> }>} folder is absolute; addHolder is called with each
 *   process that uses it, since that may outlive this one
 * @throws {Failure} if it cannot be used, or another run uses it
 */
export async function takeFolder(data) {
  const folder = path.resolve(data);
  const lock = path.join(folder, 'lock');
  let holder;
  try {
    await mkdir(folder, { recursive: true });
    holder = await claim(lock);
  } catch (error) {
    throw new Failure(`The data folder ${data} cannot be used: ${/** @type {Error} */ (error).message}.`);
  }
  if (holder !== undefined) {
    throw new Failure(`The data folder ${data} is in use by process ${holder}: end that, or choose another with --data. If that is another program, remove ${lock}.`);
  }
  process.once('exit', () => rmSync(lock, { force: true }));
  const holders = [process.pid];
  return {
    folder,
    addHolder: async (pid) => {
      holders.push(pid);
      const prepared = await prepare(lock, holders);
      await rename(prepared, lock);
    },
  };
}

/**
 * Takes a lock unless a running process holds it.
 *
 * A lock is taken by linking a complete file to its name, which fails if the name exists. Only its holder removes it, or, once the holder has
 * ended, the process that holds a second lock, the one of its removal. So no process can remove a lock that was taken in the meantime.
 *
 * @param {string} lock
 * @returns {Promise<number | undefined>} the process that holds it; undefined if this one does
 */
async function claim(lock) {
  const prepared = await prepare(lock, [process.pid]);
  try {
    for (;;) {
      if (await isLinked(prepared, lock)) return undefined;
      const holder = await holderOf(lock);
      if (holder !== undefined) return holder;
      const removal = `${lock}.removal`;
      if ((await claim(removal)) !== undefined) {
        await sleep(20);
        continue;
      }
      try {
        if ((await holderOf(lock)) === undefined) await rm(lock, { force: true });
      } finally {
        await rm(removal, { force: true });
      }
    }
  } finally {
    await rm(prepared, { force: true });
  }
}

/** Writes a lock's file under a name of its own. @param {string} lock @param {number[]} holders @returns {Promise<string>} the name */
async function prepare(lock, holders) {
  const prepared = `${lock}.${randomUUID()}`;
  await writeFile(prepared, holders.join('\n'));
  return prepared;
}

/** Links a file to the name of a lock. @param {string} prepared @param {string} lock @returns {Promise<boolean>} false if the name exists */
async function isLinked(prepared, lock) {
  try {
    await link(prepared, lock);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  }
}

/** @param {string} lock @returns {Promise<number | undefined>} the first of its processes that is alive */
async function holderOf(lock) {
  const text = await readFile(lock, 'utf8').catch(() => '');
  return text.split('\n').map(Number).find(isAlive);
}

/** @param {number} pid */
function isAlive(pid) {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It exists, and belongs to somebody else.
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
