import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/**
 * A process, distinguishable from a later one with the same number.
 *
 * @typedef {{ pid: number, started?: string, host: string }} ProcessId
 *   started: when it was started, in the system's own format; missing where the system offers no simple way to read it (Windows)
 */

/** @param {number} pid of a process of this machine @returns {ProcessId} */
export const processId = (pid) => ({ pid, started: startOf(pid), host: hostname() });

/**
 * Whether a process is still running. One of another machine, or of another container, that shares the folder counts as running: it
 * cannot be seen from here.
 *
 * @param {ProcessId} id
 * @returns {boolean}
 */
export function isAlive({ pid, started, host }) {
  if (host !== hostname()) return true;
  // Zero and less mean groups of processes.
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EPERM') return false;
  }
  return started === undefined || started === startOf(pid);
}

/** @param {number} pid @returns {string | undefined} when it was started, independent of language and time zone of this process; undefined if it has ended, or if the system does not report it */
function startOf(pid) {
  if (process.platform === 'linux') return startOnLinux(pid);
  if (process.platform === 'win32') return undefined;
  try {
    const options = { env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' }, encoding: /** @type {const} */ ('utf8') };
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], options).trim() || 'over';
  } catch {
    return 'over';
  }
}

/** @param {number} pid @returns {string} ticks since the machine was started, and which start of the machine that was */
function startOnLinux(pid) {
  try {
    // The name in parentheses may hold spaces and parentheses itself. Behind it: the state, and 19 fields later the start.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
    // A zombie has ended; only its parent has not noticed.
    if (fields[0] === 'Z' || fields[0] === 'X') return 'over';
    return `${fields[19]} ${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}`;
  } catch {
    return 'over';
  }
}
