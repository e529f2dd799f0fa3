// Processor time as Linux counts it, in microseconds of user and system time of all threads.

import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** The unit of /proc/<pid>/stat: Linux shows programs a hundredth of a second on every machine. */
const TICK = 10_000;

/** @param {number} pid @returns {Promise<number>} of a process */
export const processorTime = async (pid) => (await times(String(pid))).own;

/**
 * Waits until a process has done nothing for so long.
 *
 * @param {number} pid @param {number} ms
 * @returns {Promise<number>} its processor time
 */
export async function untilIdle(pid, ms) {
  let [time, since] = [await processorTime(pid), performance.now()];
  while (performance.now() - since < ms) {
    await sleep(50);
    const now = await processorTime(pid);
    if (now !== time) [time, since] = [now, performance.now()];
  }
  return time;
}

/** @returns {Promise<number>} of all children of this process that have ended */
export const childrensTime = async () => (await times('self')).children;

/** @param {string} process by its number in /proc */
async function times(process) {
  const stat = await readFile(`/proc/${process}/stat`, 'utf8');
  // The second field, a name in parentheses, may hold spaces; behind it utime, stime, cutime and cstime are 14 to 17.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user, system, childrensUser, childrensSystem] = fields.slice(11, 15).map((ticks) => Number(ticks) * TICK);
  return { own: user + system, children: childrensUser + childrensSystem };
}
