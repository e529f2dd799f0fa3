import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, mock, test } from 'node:test';
import { filesBelow } from '../../scripts/mirror.mjs';
import { inRoot } from '../../scripts/paths.mjs';
import { initShop } from '../../worker/npm/init.js';
import { npmCommand } from '../../worker/npm/npm-install.js';

const folder = await mkdtemp(path.join(tmpdir(), 'compago-edge-init-'));
after(() => rm(folder, { recursive: true, force: true }));

const below = (/** @type {string[]} */ ...parts) => path.join(folder, ...parts);
const done = { install: async () => true, isPublished: async () => true };

const { mock: log } = mock.method(console, 'log', () => {});
after(() => log.restore());

test('a new shop has the name of its folder, in the file of npm and in that of wrangler, and the version of the command', async () => {
  const installed = [];
  await initShop(below('panaderia-2'), [], { ...done, install: async (where) => installed.push(where) > 0 });
  assert.deepEqual(installed, [below('panaderia-2')]);
  const text = (/** @type {string} */ name) => readFile(below('panaderia-2', name), 'utf8');
  const { name, dependencies } = JSON.parse(await text('package.json'));
  const { version } = JSON.parse(await readFile(inRoot('worker/npm/package.json'), 'utf8'));
  assert.deepEqual([name, dependencies], ['panaderia-2', { 'compago-edge-worker': `^${version}` }]);
  const names = [...(await text('wrangler.jsonc')).matchAll(/"name": "([a-z0-9-]+)"/g)].map(([, one]) => one);
  assert.deepEqual(names, ['panaderia-2', 'panaderia-2-demo', 'panaderia-2']);
  const words = log.calls.map(({ arguments: [line] }) => line).join('\n');
  assert.match(words, /\n  cd \S*panaderia-2\n  npm start\n/);
});

test('it has the files of the template, and npm does not read its .gitignore before', async () => {
  await initShop(below('files'), [], done);
  const template = (await filesBelow(inRoot('worker/npm/template'))).map((name) => (name === 'gitignore' ? '.gitignore' : name));
  assert.deepEqual(await filesBelow(below('files')), template.sort());
});

test('a folder that holds anything is left as it is', async () => {
  await mkdir(below('taken'));
  await writeFile(below('taken', 'notes.txt'), 'mine');
  await assert.rejects(initShop(below('taken'), [], done), { name: 'Failure', message: /^The folder .*taken is not empty \(it has notes\.txt\): name one/ });
  assert.deepEqual(await filesBelow(below('taken')), ['notes.txt']);
  await writeFile(below('a-file'), 'mine');
  await assert.rejects(initShop(below('a-file'), [], done), { name: 'Failure', message: /^.*a-file is a file: name a folder/ });
  await assert.rejects(initShop(below('a-file', 'shop'), [], done), { name: 'Failure', message: /shop cannot be a folder: a part of it is a file\.$/ });
  assert.equal(await readFile(below('a-file'), 'utf8'), 'mine');
});

test('a repository that was just begun counts as empty', async () => {
  await mkdir(below('begun', '.git'), { recursive: true });
  await initShop(below('begun'), [], done);
  assert.ok((await filesBelow(below('begun'))).includes('wrangler.jsonc'));
});

test('a name that npm or Cloudflare would refuse is refused before anything is written, with one that they take', async () => {
  const long = 'a'.repeat(59);
  const refused = [
    ['Mi Tienda Ñandú', 'it may have small letters', 'mi-tienda-nandu'],
    ['caf\u00e9.mx', 'it may have small letters', 'cafe-mx'],
    ['-tienda', 'it must begin and end with', 'tienda'],
    ['tienda-', 'it must begin and end with', 'tienda'],
    ['wrangler', 'a package that the shop needs has that name', 'my-shop'],
    ['compago-edge-worker', 'a package that the shop needs has that name', 'my-shop'],
    [long, 'it has 59 characters, and 58 is the most', long.slice(1)],
    ['日本', 'it may have small letters', 'my-shop'],
  ];
  for (const [name = '', reason = '', instead = ''] of refused) {
    await assert.rejects(initShop(below(name), [], done), ({ name: kind, message }) => kind === 'Failure' && message.includes(reason) && message.endsWith(`such as ${instead}.`), name);
    await assert.rejects(stat(below(name)), { code: 'ENOENT' });
  }
  await initShop(below('a'.repeat(58)), [], done);
});

test('without the packages the folder stays, and it says what to type', async () => {
  await assert.rejects(initShop(below('offline'), [], { ...done, install: async () => false }), { name: 'Failure', message: /complete but for them[^]*\n  cd \S*offline\n  npm install\n  npm start$/ });
  assert.ok((await filesBelow(below('offline'))).length > 5);
});

test('as long as npm has no such package nothing is written, and it says what to type', async () => {
  const unpublished = { ...done, isPublished: async () => false };
  const { version } = JSON.parse(await readFile(inRoot('worker/npm/package.json'), 'utf8'));
  const typed = `init \\S*early --package \\./compago-edge-worker-${version}\\.tgz --package \\./compago-edge-sandbox-${version}\\.tgz$`;
  await assert.rejects(initShop(below('early'), [], unpublished), { name: 'Failure', message: new RegExp(typed) });
  await assert.rejects(stat(below('early')), { code: 'ENOENT' });
});

test('tarballs that are given are kept in the folder, which depends on them and needs no registry for them', async () => {
  const tarballs = ['compago-edge-worker-0.1.0.tgz', 'compago-edge-sandbox-0.1.0.tgz'].map((name) => below(name));
  for (const file of tarballs) await writeFile(file, path.basename(file));
  await initShop(below('packed'), tarballs, { ...done, isPublished: () => assert.fail('the registry is asked') });
  const { name, dependencies } = JSON.parse(await readFile(below('packed', 'package.json'), 'utf8'));
  assert.equal(name, 'packed');
  assert.deepEqual(Object.keys(dependencies), ['compago-edge-worker', 'compago-edge-sandbox']);
  for (const [one, from] of Object.entries(dependencies)) assert.equal(await readFile(below('packed', from.replace(/^file:/, '')), 'utf8'), `${one}-0.1.0.tgz`);
});

test('tarballs of something else, or not of all packages, are refused before anything is written', async () => {
  const worker = below('compago-edge-worker-0.1.0.tgz');
  await writeFile(worker, '');
  const wrong = [
    [[worker], 'The tarball of compago-edge-sandbox is missing: give it with another --package.'],
    [[worker, below('compago-edge-0.1.0.tgz')], 'is no tarball of compago-edge-worker or compago-edge-sandbox'],
    [[below('gone', 'compago-edge-worker-0.1.0.tgz')], 'There is no file '],
  ];
  for (const [files, sentence] of wrong) {
    await assert.rejects(initShop(below('refused'), files, done), ({ name, message }) => name === 'Failure' && message.includes(sentence));
    await assert.rejects(stat(below('refused')), { code: 'ENOENT' });
  }
});

test('where nobody may write, one sentence says so', async (context) => {
  if (process.platform === 'win32' || process.getuid?.() === 0) return context.skip('permissions do not bind this user');
  await mkdir(below('closed'));
  await chmod(below('closed'), 0o555);
  await assert.rejects(initShop(below('closed', 'shop'), [], done), { name: 'Failure', message: /^The folder .* has to be changed, and cannot be: you may not write there/ });
});

test('npm is the one that runs the command, also as npx, and the one on PATH where another package manager does', async () => {
  const [npm, npx] = ['npm-cli.js', 'npx-cli.js'].map((name) => below(name));
  await writeFile(npm ?? '', '');
  assert.deepEqual(npmCommand(npm), [process.execPath, npm]);
  assert.deepEqual(npmCommand(npx), [process.execPath, npm]);
  for (const other of [undefined, below('pnpm.cjs'), below('gone', 'npx-cli.js')]) assert.equal(npmCommand(other).length, 1);
});
