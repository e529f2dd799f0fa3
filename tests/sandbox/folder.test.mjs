// Which run has a data folder.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { inRoot } from '../../scripts/paths.mjs';

const contender = fileURLToPath(new URL('support/contender.mjs', import.meta.url));

/** Starts a process that takes the folder once it is asked to. @param {import('node:test').TestContext} t @param {string} folder */
function contend(t, folder) {
  const child = spawn(process.execPath, [contender, inRoot('sandbox', 'npm', 'folder.js'), folder], { stdio: ['pipe', 'pipe', 'inherit'] });
  t.after(() => child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const line = async () => String((await lines.next()).value);
  return {
    ready: line(),
    take: async () => {
      child.stdin.write('go\n');
      return { pid: child.pid, said: await line() };
    },
    end: async () => {
      child.stdin.end();
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}

test('of runs that start at the same instant exactly one has the folder, also where one that was killed has left its lock', async (t) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'compago-edge-sandbox-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const dead = contend(t, folder);
  await dead.ready;
  await dead.take();
  const ofDead = await readFile(path.join(folder, 'lock'), 'utf8');
  await dead.end();
  for (const left of [undefined, '', ofDead]) {
    for (let round = 0; round < 4; round += 1) {
      if (left !== undefined) await writeFile(path.join(folder, 'lock'), left);
      const runs = Array.from({ length: 8 }, () => contend(t, folder));
      await Promise.all(runs.map(({ ready }) => ready));
      const results = await Promise.all(runs.map(({ take }) => take()));
      const [holder, ...others] = results.filter(({ said }) => said === 'taken');
      assert.deepEqual(others, [], 'one has it');
      for (const { said } of results.filter((one) => one !== holder)) {
        assert.ok(said.startsWith(`The data folder ${folder} is in use by process ${holder.pid}: `), said);
      }
      await Promise.all(runs.map(({ end }) => end()));
      assert.deepEqual(await readdir(folder), []);
    }
  }
});
