import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { inGroup, isEnding, track } from './children.mjs';
import { Failure } from './failure.mjs';
import { withoutProxyForLoopback } from './loopback.mjs';
import { project } from './paths.mjs';

/** @typedef {{ cwd?: string, env?: Record<string, string | undefined>, show?: boolean, answer?: 'both' | 'stdout', onOutput?: (text: string) => void }} RunOptions */

/**
 * Runs a command to its end. Its output is shown as it comes (`show`) or kept and returned; when the command fails,
 * kept output becomes the failure's text, since it is needed only then.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<string>} what it wrote: both streams in the order they came, or stdout alone
 */
export function run(command, args, { cwd = project, env = {}, show = false, answer = 'both', onOutput } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...withoutProxyForLoopback(), ...env },
      stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
      // npm's commands are batch files on Windows, which only a shell can start.
      shell: command.endsWith('.cmd'),
      detached: inGroup,
    });
    if (child.pid !== undefined) track(child.pid, once(child, 'close'));
    let output = '';
    let stdout = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text) => {
        output += text;
        if (stream === child.stdout) stdout += text;
        onOutput?.(text);
      });
    }
    child.once('error', (error) => reject(new Failure(`${command} could not be started: ${error.message}`)));
    child.once('close', (code, signal) => {
      if (isEnding) return;
      if (code === 0) return resolve(answer === 'stdout' ? stdout : output);
      reject(new Failure(`${output}\n${[command, ...args].join(' ')} ended with ${signal ?? `code ${code}`}.`));
    });
  });
}

/**
 * As {@link run}, but a failure is an answer, not an error.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<string | undefined>}
 */
export async function tryRun(command, args, options) {
  try {
    return await run(command, args, options);
  } catch {
    return undefined;
  }
}

/** @param {number} since from `performance.now()` @returns {string} as in "12.3 s" */
export const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;
