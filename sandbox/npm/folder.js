import { rmSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from './failure.js';

/**
 * Makes a data folder, if it is not there, and this run's own: of two runs in one folder, each would overwrite what the other has saved.
 *
 * @param {string} data
 * @returns {Promise<{ folder: string, note: (pid: number) => Promise<void> }>} folder is absolute; note has to be told of each process
 *   that uses it, since that may outlive this one
 * @throws {Failure} if it cannot be used, or another run uses it
 */
export async function takeFolder(data) {
  const folder = path.resolve(data);
  const lock = path.join(folder, 'lock');
  try {
    await mkdir(folder, { recursive: true });
    await create(lock, data);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(`The data folder ${data} cannot be used: ${/** @type {Error} */ (error).message}.`);
  }
  process.once('exit', () => rmSync(lock, { force: true }));
  const holders = [process.pid];
  return {
    folder,
    note: async (pid) => {
      holders.push(pid);
      await writeFile(lock, holders.join('\n'));
    },
  };
}

/** Creates the file with this process's id, in place of one whose processes are gone. @param {string} lock @param {string} data */
async function create(lock, data) {
  for (;;) {
    try {
      return await writeFile(lock, String(process.pid), { flag: 'wx' });
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    }
    const text = await readFile(lock, 'utf8').catch(() => '');
    const holder = text.split('\n').map(Number).find(isAlive);
    if (holder !== undefined) {
      throw new Failure(`The data folder ${data} is in use by process ${holder}: end that, or choose another with --data. If that is another program, remove ${lock}.`);
    }
    await rm(lock, { force: true });
  }
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
