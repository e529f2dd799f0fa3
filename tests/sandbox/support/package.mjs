import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../../../scripts/failure.mjs';
import { sandboxPackageDir } from '../../../scripts/paths.mjs';
import { until } from '../../worker/support/until.mjs';

/**
 * Starts the program of the npm package as the build leaves it, or an installed one.
 *
 * @param {import('node:test').TestContext | { after: (act: () => unknown) => void }} t ends it
 * @param {string[]} [args]
 * @param {string} [program]
 */
export function runProgram(t, args = [], program = path.join(sandboxPackageDir, 'sandbox', 'npm', 'bin.js')) {
  if (!existsSync(program)) throw new Failure('The sandbox is not built: run `npm run build` first.');
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const written = { stdout: '', stderr: '' };
  for (const name of /** @type {const} */ (['stdout', 'stderr'])) child[name].setEncoding('utf8').on('data', (text) => (written[name] += text));
  /** @type {Promise<number | null>} */
  const code = new Promise((resolve) => child.once('close', resolve));
  /** @type {Promise<string>} */
  const line = new Promise((resolve) => child.stdout.once('data', resolve));
  let hasEnded = false;
  code.then(() => (hasEnded = true));
  /** @param {NodeJS.Signals} [signal] */
  const end = (signal = 'SIGTERM') => {
    child.kill(signal);
    return code;
  };
  t.after(() => end());
  return { pid: child.pid, written, code, line, hasEnded: () => hasEnded, end };
}

/**
 * Runs it where it must not start.
 *
 * @param {Parameters<typeof runProgram>[0]} t ends it
 * @param {string[]} args
 * @returns {Promise<string>} what it writes to standard error
 */
export async function refusal(t, args) {
  const { written, code, line } = runProgram(t, args);
  assert.equal(await Promise.race([code, line]), 2);
  assert.equal(written.stdout, '');
  return written.stderr;
}

/**
 * Starts it on a free port.
 *
 * @param {Parameters<typeof runProgram>[0]} t ends it
 * @param {string[]} [args]
 * @param {string} [program]
 * @returns {Promise<ReturnType<typeof runProgram> & { url: string, origin: string }>} once it listens; url is where to call, origin where its pages are
 */
export async function startPackage(t, args = [], program) {
  const running = runProgram(t, ['--port', '0', ...args], program);
  const url = await until('the sandbox listens', () => {
    if (running.hasEnded()) throw new Error(`it ended: ${running.written.stderr}`);
    return running.written.stdout.match(/^sandbox listening on (http:\S+)\n/)?.[1];
  });
  return { ...running, url, origin: url.replace('127.0.0.1', 'localhost') };
}
