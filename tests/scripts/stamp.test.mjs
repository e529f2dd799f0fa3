import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { root, stampDir } from '../../scripts/paths.mjs';
import { buildPart, isCurrent } from '../../scripts/stamp.mjs';

test('a file that has to lie elsewhere too is copied whenever it differs, and nothing is built for that', async (context) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'compago-edge-stamp-'));
  const place = (/** @type {string} */ name) => path.relative(root, path.join(folder, name));
  const read = (/** @type {string} */ name) => readFile(path.join(folder, name), 'utf8').catch(() => undefined);
  let builds = 0;
  const part = {
    name: `test-${process.pid}`,
    needsRust: false,
    inputs: () => [place('input')],
    output: place('output'),
    copies: { [place('copy')]: place('original') },
    build: async (/** @type {string} */ next) => {
      builds += 1;
      await writeFile(path.join(next, 'made'), await readFile(path.join(folder, 'input')));
    },
  };
  context.after(() => Promise.all([folder, path.join(stampDir, part.name)].map((one) => rm(one, { recursive: true, force: true }))));

  await writeFile(path.join(folder, 'input'), 'in');
  await writeFile(path.join(folder, 'original'), 'one');
  assert.equal(await isCurrent(part), false);
  await buildPart(part);
  assert.deepEqual([await read('output/made'), await read('copy'), builds, await isCurrent(part)], ['in', 'one', 1, true]);

  // What is listed and cannot be read, as when another command has just taken it away.
  await symlink(place('nowhere'), path.join(folder, 'output', 'stray'));
  assert.equal(await isCurrent(part), false);
  await buildPart(part);
  assert.deepEqual([builds, await isCurrent(part)], [1, true]);

  for (const change of [() => writeFile(path.join(folder, 'original'), 'two'), () => rm(path.join(folder, 'copy'))]) {
    await change();
    assert.equal(await isCurrent(part), false);
    await buildPart(part);
    assert.deepEqual([await read('copy'), builds, await isCurrent(part)], ['two', 1, true]);
  }
});
