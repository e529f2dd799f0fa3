import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../../scripts/failure.mjs';
import { isAlive, processId } from '../../scripts/liveness.mjs';
import { tryLock } from '../../scripts/lock.mjs';

/**
 * Makes a data folder, if it is not there, and this run's own: of two runs in one folder, each would overwrite what the other has saved.
 *
 * @param {string} data
 * @returns {Promise<{ folder: string, addHolder: (pid: number) => void }>} folder is absolute; addHolder is called with the process that uses
 *   it beside this one, which it may outlive
 * @throws {Failure} if it cannot be used, or another run uses it
 */
export async function takeFolder(data) {
  const folder = path.resolve(data);
  const file = path.join(folder, 'lock');
  const inUse = (/** @type {number} */ pid) =>
    new Failure(`The data folder ${data} is in use by process ${pid}: end that, or choose another with --data. If that is another program, remove ${file}.`);
  const taken = await take(folder, file, inUse).catch((error) => {
    throw error instanceof Failure ? error : new Failure(`The data folder ${data} cannot be used: ${error.message}.`);
  });
  if ('holder' in taken) throw inUse(taken.holder.pid);
  return { folder, addHolder: (pid) => taken.lock.update({ children: [processId(pid)] }) };
}

/** @param {string} folder @param {string} file @param {(pid: number) => Failure} inUse */
async function take(folder, file, inUse) {
  await mkdir(folder, { recursive: true });
  return tryLock(file, {
    details: { command: 'compago-edge-sandbox' },
    onTakeOver: async ({ children = [] }) => {
      const left = children.find(isAlive);
      if (left) throw inUse(left.pid);
    },
  });
}
