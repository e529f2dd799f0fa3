import { mkdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { end } from './children.mjs';
import { unwritable } from './checkout.mjs';
import { Failure } from './failure.mjs';
import { isAlive, processId } from './liveness.mjs';
import { tryLock } from './lock.mjs';
import { shortPath } from './paths.mjs';

/**
 * Makes a data folder this run's own: two runs in one folder would overwrite each other's orders. What a run that was killed has left
 * running in it is ended first.
 *
 * @param {string} data
 * @param {number} port where this run listens
 * @returns {Promise<{ onSpawn: (pid: number) => void }>} onSpawn has to be called for each process that uses the folder
 */
export async function takeDataFolder(data, port) {
  const shown = shortPath(data);
  try {
    await mkdir(path.join(data, 'log'), { recursive: true, mode: 0o700 });
    const taken = await tryLock(path.join(data, 'lock'), { details: { port }, onTakeOver: (dead) => endChildren(dead.children ?? [], shown) });
    if ('holder' in taken) throw new Failure(inUse(shown, taken.holder, path.join(data, 'lock')));
    /** @type {import('./liveness.mjs').ProcessId[]} */
    const children = [];
    return {
      onSpawn: (pid) => {
        children.push(processId(pid));
        taken.lock.update({ children });
      },
    };
  } catch (error) {
    const failure = unwritable(error, `The data folder ${shown}`);
    throw failure ? new Failure(`${failure.message} Choose another, as in \`npm start -- --data <folder>\`.`) : error;
  }
}

/** @param {string} folder @param {import('./lock.mjs').Holder} holder @param {string} file */
function inUse(folder, { pid, port, host, command }, file) {
  const who = `\`${command}\` (process ${pid}${port ? `, port ${port}` : ''}, on ${host})`;
  // Whether a process of another machine still runs cannot be seen from here.
  const hint = host === hostname() ? '' : ` If it is over, remove ${shortPath(file)}.`;
  return `The data folder ${folder} is in use by ${who}: end that, or choose another, as in \`npm start -- --data .data/other\`.${hint}`;
}

/** @param {import('./liveness.mjs').ProcessId[]} children of a run that was killed @param {string} folder */
async function endChildren(children, folder) {
  for (const child of children.filter(isAlive)) {
    console.log(`  ending process ${child.pid}, which a run that was killed left in ${folder}`);
    await end(child);
  }
}
