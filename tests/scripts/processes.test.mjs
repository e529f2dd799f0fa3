import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { isAlive, processId } from '../../scripts/liveness.mjs';
import { startSandbox } from '../../scripts/processes.mjs';

/** A program that starts another one, and ends neither when it is asked to. */
const stubborn = `
  process.on('SIGTERM', () => {});
  if (process.argv.includes('inner')) process.send('ready');
  else require('node:child_process').fork(process.argv[1], ['inner'], { execArgv: [], stdio: 'ignore' }).on('message', function () {
    console.log('sandbox listening on http://127.0.0.1/' + this.pid);
  });
  setInterval(() => {}, 1000);`;

test('what a sandbox has started itself ends with it, also where neither ends when it is asked to', async (context) => {
  if (process.platform === 'win32') return context.skip('there are no groups of processes there');
  const folder = await mkdtemp(path.join(tmpdir(), 'compago-edge-stubborn-'));
  context.after(() => rm(folder, { recursive: true, force: true }));
  const program = path.join(folder, 'program.cjs');
  await writeFile(program, stubborn);
  const sandbox = await startSandbox({ program: { command: process.execPath, args: [program] } });
  const inner = processId(Number(new URL(sandbox.url).pathname.slice(1)));
  assert.ok(isAlive(inner));
  await sandbox.stop();
  assert.ok(!isAlive(inner));
});
