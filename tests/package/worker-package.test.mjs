// The npm package compago-edge-worker: what its tarball has, and that it has all that its command needs.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import * as esbuild from 'esbuild';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { filesBelow } from '../../scripts/mirror.mjs';
import { inRoot, sandboxPackageDir, workerPackageDir } from '../../scripts/paths.mjs';
import { run } from '../../scripts/run.mjs';
import { npm } from './support/project.mjs';

const scripts = [
  ...['build-site', 'check-shop', 'checkout', 'children', 'cloudflare', 'command-line', 'data-folder', 'deploy-checks', 'deploy-product', 'deploy-secrets', 'deploy-seller', 'deploy-settings', 'deployment'],
  ...['dev-vars', 'embed-origins', 'failure', 'fill-pages', 'health', 'liveness', 'lock', 'loopback', 'mirror', 'node-version', 'options', 'paths'],
  ...['processes', 'receiver', 'rules', 'run', 'secrets', 'serve', 'served', 'settings', 'shop-files', 'shop-folder', 'shop-tree', 'shop-values', 'temporary'],
  ...['stamp', 'structured-data', 'theme', 'update-site', 'versioned'],
];
const ofPackage = [
  ...['body-checks', 'checks', 'clients', 'earlier-order', 'elements-define', 'engine', 'index', 'keys', 'misuse', 'send-once', 'snapshot', 'status'],
  ...['visible-state', 'visible-text', 'waits', 'wasm/browser', 'wasm/browser.inline', 'wasm/server'],
];
const shop = ['aviso-de-privacidad.html', 'cambios-y-devoluciones.html', 'catalog.json', 'img/logo.svg', 'shop.json', 'terminos.html'];
const template = ['.dev.vars.example', 'README.md', 'gitignore', 'package.json', 'wrangler.jsonc', ...shop.map((name) => `shop/${name}`)];

/** Every file of the tarball; the pages are those of www/ that are in the repository, not what lies there beside them. */
const files = [
  ...['LICENSE-APACHE', 'LICENSE-MIT', 'README.md', 'package.json', 'pkg/package.json', 'pkg/dist/compago.wasm', 'pkg/dist/elements.css'],
  ...ofPackage.map((name) => `pkg/dist/${name}.js`),
  ...['schemas/catalog.schema.json', 'schemas/shop.schema.json'],
  ...scripts.map((name) => `scripts/${name}.mjs`),
  ...['worker/build/index.js', 'worker/build/index_bg.wasm', 'worker/workerd.capnp'],
  ...['bin', 'build', 'deploy', 'doctor', 'init', 'manifest', 'npm-install', 'start', 'tarballs'].map((name) => `worker/npm/${name}.js`),
  ...template.map((name) => `worker/npm/template/${name}`),
  ...(await run('git', ['ls-files', '-z', '--', 'www'], { cwd: inRoot() })).split('\0').filter(Boolean),
];

const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'compago-edge-worker-package-')));
after(() => rm(folder, { recursive: true, force: true }));
const packed = await npm(['pack', '--json', '--loglevel=error', '--pack-destination', folder], workerPackageDir);
const [tarball] = JSON.parse(packed.slice(packed.indexOf('[')));
const inPackage = (/** @type {string[]} */ ...parts) => path.join(workerPackageDir, ...parts);
const read = async (/** @type {string} */ file) => JSON.parse(await readFile(file, 'utf8'));
const manifest = await read(inPackage('package.json'));

test('the tarball has these files and no other', () => {
  assert.deepEqual(tarball.files.map(({ path: name }) => name).sort(), [...files].sort());
});

test('publint finds nothing', async () => {
  const { messages, pkg } = await publint({ pkgDir: workerPackageDir, pack: false, strict: true });
  assert.deepEqual(messages.map((message) => formatMessage(message, pkg)), []);
});

test('it has no types and exports no module: programs use its command', async () => {
  const analysis = await checkPackage(createPackageFromTarballData(await readFile(path.join(folder, tarball.filename))));
  assert.equal(analysis.types, false);
  assert.deepEqual(manifest.exports, { './package.json': './package.json' });
  assert.deepEqual(manifest.bin, { 'compago-edge-worker': 'worker/npm/bin.js' });
});

test('it depends on what its modules import and its pages are made of, in the versions of this project', async () => {
  const { devDependencies } = await read(inRoot('package.json'));
  const { version } = await read(path.join(sandboxPackageDir, 'package.json'));
  const { dependencies, scripts: commands, peerDependencies, optionalDependencies, bundledDependencies } = manifest;
  const { 'compago-edge-sandbox': sandbox, ...others } = dependencies;
  assert.equal(sandbox, version);
  for (const [name, wanted] of Object.entries(others)) assert.equal(wanted, devDependencies[name], name);
  const { metafile } = await esbuild.build({ entryPoints: [inPackage('worker/npm/bin.js')], bundle: true, metafile: true, write: false, packages: 'external', platform: 'node', format: 'esm', outdir: folder });
  const imported = Object.values(metafile.inputs).flatMap(({ imports }) => imports).filter((one) => one.external && !/^node:/.test(one.path)).map((one) => one.path);
  for (const name of imported) assert.ok(name in dependencies, name);
  assert.deepEqual(Object.keys(others), ['idb-keyval', 'liquidjs', 'uqr', 'workerd', 'wrangler']);
  assert.deepEqual([commands, peerDependencies, optionalDependencies, bundledDependencies], Array(4).fill(undefined), 'nothing runs when it is installed');
});

test('it has the version of the other package, and says whose it is', async () => {
  const other = await read(inRoot('pkg', 'package.json'));
  for (const name of ['version', 'license', 'author', 'bugs']) assert.deepEqual(manifest[name], other[name], name);
  assert.equal(manifest.repository.url, other.repository.url);
  assert.equal(manifest.engines.node, (await read(inRoot('package.json'))).engines.node);
});

test('the Node that it asks for is one on which all that it installs runs', async () => {
  const { packages } = await read(inRoot('package-lock.json'));
  const oldest = manifest.engines.node.replace('>=', '');
  const seen = new Set();
  const visit = (/** @type {string} */ name, /** @type {string} */ from) => {
    const places = from.split('/node_modules/').map((_, at, parts) => `${parts.slice(0, parts.length - at).join('/node_modules/')}/node_modules/${name}`);
    const place = [...places, `node_modules/${name}`].find((one) => one in packages);
    if (!place || seen.has(place)) return;
    seen.add(place);
    const { engines, dependencies, optionalDependencies } = packages[place];
    assert.ok(allows(engines?.node ?? '*', oldest), `${place} needs Node ${engines?.node}`);
    for (const one of Object.keys({ ...dependencies, ...optionalDependencies })) visit(one, place);
  };
  for (const name of Object.keys(manifest.dependencies)) visit(name, '');
  assert.ok(seen.size > 30);
});

test('no file of it or of the sandbox reveals where it was built', async () => {
  const places = [inRoot(), homedir(), process.env.CARGO_HOME].filter((place) => place && place.length > 1);
  for (const packageDir of [workerPackageDir, sandboxPackageDir]) {
    for (const name of await filesBelow(packageDir)) {
      const text = await readFile(path.join(packageDir, name), 'latin1');
      assert.doesNotMatch(text, /\/(home|root|Users)\/[a-z]/, name);
      for (const place of places) assert.ok(!text.includes(`${place}/`), `${name}: ${place}`);
    }
  }
});

test('its command says its version and what it can do, and refuses what it does not know', async () => {
  const command = (/** @type {string[]} */ ...args) => run(process.execPath, [inPackage('worker/npm/bin.js'), ...args], { cwd: folder });
  assert.equal(await command('--version'), `compago-edge-worker ${manifest.version}\n`);
  const help = await command('--help');
  for (const name of ['init', 'start', 'build', 'deploy', 'doctor']) assert.match(help, new RegExp(`^  ${name} `, 'm'));
  await assert.rejects(command('launch'), /There is no command launch; --help lists those there are\.\n[^]*ended with code 2\.$/);
  await assert.rejects(command('doctor'), /^Failure: Usage: compago-edge-worker doctor <url>, such as https:[^\n]+\n[^]*code 2\.$/);
});

/** @param {string} range of versions, as engines name them @param {string} version @returns {boolean} */
function allows(range, version) {
  const compared = (/** @type {string} */ other) => version.localeCompare(other, 'en', { numeric: true });
  return range.split('||').some((part) =>
    part.trim().split(/(?<=\d)\s+/).every((comparator) => {
      const [, operator, other = ''] = /^(>=|\^|)\s*(\d[\d.]*|\*)$/.exec(comparator) ?? assert.fail(`${range} is not understood here`);
      if (other === '*') return true;
      return compared(other) >= 0 && (operator === '>=' || parseInt(version) === parseInt(other));
    }));
}
