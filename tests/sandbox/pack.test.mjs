// The tarball of the sandbox, installed elsewhere as a project that has no Rust does.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { sandboxWorkerPart } from '../../scripts/build-sandbox-worker.mjs';
import { inRoot, sandboxPackageDir } from '../../scripts/paths.mjs';
import { run } from '../../scripts/run.mjs';
import { npm } from '../package/support/project.mjs';
import { startPackage } from './support/package.mjs';

/** Every file of the tarball. */
const files = [
  ...['LICENSE-APACHE', 'LICENSE-MIT', 'README.md', 'package.json'],
  ...['bin.js', 'folder.js', 'options.js', 'serve.js', 'in-memory.capnp', 'on-disk.capnp', 'sandbox.capnp'].map((name) => `sandbox/npm/${name}`),
  ...['sandbox/npm/worker/index.js', 'sandbox/npm/worker/index_bg.wasm'],
  ...['children', 'failure', 'liveness', 'lock', 'loopback', 'paths'].map((name) => `scripts/${name}.mjs`),
];

const project = await realpath(await mkdtemp(path.join(tmpdir(), 'compago-edge-sandbox-')));
after(() => rm(project, { recursive: true, force: true }));
const packed = await npm(['pack', '--json', '--loglevel=error', '--pack-destination', project], sandboxPackageDir);
const [{ filename }] = JSON.parse(packed.slice(packed.indexOf('[')));
await writeFile(path.join(project, 'package.json'), JSON.stringify({ name: 'shop', private: true }));
// workerd is linked, since nothing is downloaded here.
const options = ['--offline', '--no-package-lock', '--no-audit', '--no-fund', '--install-links=false'];
await npm(['install', ...options, path.join(project, filename), inRoot('node_modules', 'workerd')], project);

const installed = (/** @type {string[]} */ ...parts) => path.join(project, 'node_modules', 'compago-edge-sandbox', ...parts);
const read = async (/** @type {string} */ file) => JSON.parse(await readFile(file, 'utf8'));
const manifest = await read(installed('package.json'));
const entries = (await readdir(installed(), { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
const found = entries.map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));

test('publint finds nothing', async () => {
  const { messages, pkg } = await publint({ pkgDir: installed(), pack: false, strict: true });
  assert.deepEqual(messages.map((message) => formatMessage(message, pkg)), []);
});

test('it holds these files and no other, and is built anew when one of them changes', async () => {
  const names = found.map((file) => path.relative(installed(), file).replaceAll('\\', '/'));
  assert.deepEqual(names.sort(), [...files].sort());
  const inputs = await sandboxWorkerPart.inputs();
  for (const name of names.filter((one) => one.startsWith('scripts/'))) assert.ok(inputs.includes(name), `${name} has the package built anew`);
});

test('it depends on the workerd of this project alone, and runs nothing when it is installed', async () => {
  const { devDependencies } = await read(inRoot('package.json'));
  const { scripts: commands, dependencies, peerDependencies, optionalDependencies, bundledDependencies } = manifest;
  assert.deepEqual(dependencies, { workerd: devDependencies.workerd });
  assert.deepEqual([commands, peerDependencies, optionalDependencies, bundledDependencies], Array(4).fill(undefined));
});

test('it has the version of the other package, and says whose it is', async () => {
  const other = await read(inRoot('pkg', 'package.json'));
  for (const name of ['version', 'license', 'author', 'bugs']) assert.deepEqual(manifest[name], other[name], name);
  assert.equal(manifest.repository.url, other.repository.url);
  for (const name of ['LICENSE-MIT', 'LICENSE-APACHE']) assert.equal(await readFile(installed(name), 'utf8'), await readFile(inRoot(name), 'utf8'));
});

test('it has no types and exports no module: programs use its command', async () => {
  const analysis = await checkPackage(createPackageFromTarballData(await readFile(path.join(project, filename))));
  assert.equal(analysis.types, false);
  assert.deepEqual(manifest.exports, { './package.json': './package.json' });
  assert.deepEqual(manifest.bin, { 'compago-edge-sandbox': 'sandbox/npm/bin.js' });
});

test('its command runs, and takes a folder for what it keeps', async (t) => {
  const command = path.join(project, 'node_modules', '.bin', 'compago-edge-sandbox');
  assert.equal(await run(command, ['--version']), `compago-edge-sandbox ${manifest.version}\n`);
  const { url } = await startPackage(t, ['--data', path.join(project, 'data')], installed('sandbox', 'npm', 'bin.js'));
  const answer = await fetch(`${url}/api/one-time-payment`, { headers: { 'x-api-key': 'sandbox-key' } });
  assert.deepEqual(await answer.json(), { count: 0, page: 1, pageSize: 100, items: [] });
});
