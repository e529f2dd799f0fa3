import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { filesBelow, moveInto, removeStrays } from '../../scripts/mirror.mjs';
import { startWorker } from '../../scripts/processes.mjs';
import { secrets } from '../support/stack.mjs';

/** @param {import('node:test').TestContext} context */
async function newFolder(context) {
  const folder = await mkdtemp(path.join(tmpdir(), 'compago-edge-mirror-'));
  context.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** @param {string} folder @param {Record<string, string>} files */
async function write(folder, files) {
  for (const [file, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), text);
  }
  return folder;
}

/** @param {string} folder */
async function read(folder) {
  const files = await filesBelow(folder);
  return Object.fromEntries(await Promise.all(files.map(async (file) => [file, await readFile(path.join(folder, file), 'utf8')])));
}

test('a folder becomes the same as another, also where a file was a folder', async (context) => {
  const folder = await newFolder(context);
  const wanted = { 'a.txt': 'one', 'in/b.txt': 'two', 'was-folder': 'file', 'was-file/c.txt': 'three' };
  const to = await write(path.join(folder, 'to'), { 'a.txt': 'one', 'in/b.txt': 'old', 'in/stray.txt': '', 'was-folder/x': '', 'was-file': '', 'gone/deep/x': '' });
  await moveInto(await write(path.join(folder, 'from'), wanted), to);
  assert.deepEqual(await read(to), wanted);
  await write(to, { 'stray/x.txt': '', 'in/y.txt': '' });
  await removeStrays(to, Object.keys(wanted));
  assert.deepEqual(await read(to), wanted);
  await assert.rejects(stat(path.join(to, 'stray')));
});

test('what is alike is not touched, and what has changed has a later time in whole seconds', async (context) => {
  const folder = await newFolder(context);
  const to = await write(path.join(folder, 'to'), { 'same.txt': 'one', 'changed.txt': 'two' });
  for (const file of ['same.txt', 'changed.txt']) await utimes(path.join(to, file), 2_000_000_000, 2_000_000_000);
  const before = await stat(path.join(to, 'same.txt'));
  await moveInto(await write(path.join(folder, 'from'), { 'same.txt': 'one', 'changed.txt': 'TWO' }), to);
  const after = await stat(path.join(to, 'same.txt'));
  assert.deepEqual([after.ino, after.mtimeMs], [before.ino, before.mtimeMs]);
  assert.equal((await stat(path.join(to, 'changed.txt'))).mtimeMs, 2_000_000_001_000);
});

test('a running Worker answers with the old or the new files meanwhile, and with the new ones afterwards', async (context) => {
  const folder = await newFolder(context);
  const pages = (version) => ({ 'index.html': `start ${version}`, 'prices.json': `"${version}"`, 'in/a.js': `/* ${version} */`, [`${version}/only.txt`]: version });
  const site = await write(path.join(folder, 'site'), pages('v0'));
  const variables = { ...secrets, MODE: 'local', COMPAGO_BASE_URL: 'http://127.0.0.1:1/api', CHECKOUT_ORIGINS: 'http://localhost:1' };
  const worker = await startWorker({ dataDir: folder, variables, site });
  context.after(() => worker.stop());
  const files = ['/', '/prices.json', '/in/a.js'];
  const seen = [];
  let goOn = true;
  const polling = (async () => {
    while (goOn) for (const file of files) seen.push((await fetch(worker.url + file)).status);
  })();
  for (let version = 1; version <= 30; version += 1) {
    await moveInto(await write(path.join(folder, `v${version}`), pages(`v${version}`)), site);
  }
  goOn = false;
  await polling;
  assert.ok(seen.length > 10, `${seen.length} answers`);
  assert.deepEqual([...new Set(seen)], [200]);
  for (const file of files) assert.match(await (await fetch(worker.url + file)).text(), /v30/, file);
  assert.equal((await fetch(`${worker.url}/v30/only.txt`)).status, 200);
  assert.equal((await fetch(`${worker.url}/v29/only.txt`)).status, 404);
});
