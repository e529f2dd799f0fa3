// What is in the tarball, and that nothing happens when it is installed or imported.

import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { relative } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import * as esbuild from 'esbuild';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { inRoot } from '../../scripts/paths.mjs';
import { newProject } from './support/project.mjs';

/** Every file of the tarball. What a build left behind is none of them. */
const files = [
  ...['CHANGELOG.md', 'LICENSE-APACHE', 'LICENSE-MIT', 'README.md', 'custom-elements.json', 'examples/backend.mjs', 'package.json'],
  ...[
    ...['browser.wasm', 'compago.wasm', 'wasm/browser.inline.js', 'wasm/browser.js', 'wasm/server.inline.js', 'wasm/server.js'],
    ...['wasm.d.ts', 'wasm-module.d.ts', 'index.d.ts', 'index.js', 'node.js', 'workerd.js', 'engine.js', 'not-for-pages.js', 'openapi.d.ts'],
    ...['clients.d.ts', 'clients.js', 'body-checks.js', 'checks.js', 'keys.js', 'misuse.js', 'order-values.d.ts', 'send-once.js', 'snapshot.js', 'status.d.ts', 'status.js', 'visible-state.js', 'visible-text.js', 'waits.js'],
    ...['elements.css', 'elements.d.ts', 'elements.js', 'elements-define.d.ts', 'elements-define.js', 'earlier-order.js'],
    ...['preact', 'react', 'solid', 'vue'].map((name) => `elements-${name}.d.ts`),
    ...['buyer', 'cart', 'cart-store', 'catalog', 'checkout', 'checkout-link', 'define', 'element', 'foreign', 'form', 'handover', 'kept', 'latest', 'legal', 'navigate', 'order', 'pay', 'price', 'purchase', 'quote', 'replaced', 'say'].map((name) => `elements/${name}.js`),
    ...['selling', 'shared', 'shipping', 'style', 'test-money', 'totals', 'trouble', 'words'].map((name) => `elements/${name}.js`),
    ...['compago.d.ts', 'compago.js', 'compago-values.d.ts', 'compago-workerd.js', 'server.js', 'operator.d.ts', 'operator.js'],
    ...['webhook.d.ts', 'webhook.js', 'webhook-workerd.js', 'incoming.js', 'verify.js'],
  ].map((name) => `dist/${name}`),
];

describe('the tarball', () => {
  /** @type {Awaited<ReturnType<typeof newProject>>} */
  let project;
  /** @type {Record<string, any>} */
  let manifest;
  /** @type {(() => Promise<void>)[]} */
  const undo = [];
  /** Each of its scripts. @type {{ name: string, text: string }[]} */
  let scripts;

  before(async () => {
    project = await newProject({ after: (act) => void undo.push(act) });
    manifest = JSON.parse(await readFile(installed('package.json'), 'utf8'));
    const names = await readdir(installed('dist'), { recursive: true });
    const read = async (name) => ({ name, text: await readFile(installed('dist', name), 'utf8') });
    scripts = await Promise.all(names.filter((name) => name.endsWith('.js')).map(read));
    assert.ok(scripts.length > 5);
  });

  after(() => Promise.all(undo.map((act) => act())));

  const installed = (...parts) => project.file('node_modules', 'compago-edge', ...parts);

  test('publint finds nothing', async () => {
    const { messages, pkg } = await publint({ pkgDir: installed(), pack: false, strict: true });
    assert.deepEqual(messages.map((message) => formatMessage(message, pkg)), []);
  });

  test('the types are not wrong where ES modules are resolved', async () => {
    const { problems } = await checkPackage(createPackageFromTarballData(await readFile(project.tarball)), { excludeEntrypoints: ['./elements.css', './custom-elements.json'] });
    // The package is of ES modules alone: TypeScript's `node16` tells a CommonJS file that it cannot require them, though Node can by now.
    const inWords = ({ kind, resolutionKind, entrypoint }) => `${kind} ${resolutionKind} ${entrypoint}`;
    const others = problems.filter(({ kind, resolutionKind }) => !(kind === 'CJSResolvesToESM' && resolutionKind === 'node16-cjs'));
    assert.deepEqual(others.map(inWords), []);
  });

  test('it holds these files and no other', async () => {
    const found = (await readdir(installed(), { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    const names = found.map(({ name, parentPath, path }) => relative(installed(), `${parentPath ?? path}/${name}`).replaceAll('\\', '/'));
    assert.deepEqual(names.sort(), [...files].sort());
  });

  test('it says whose it is, and where questions go', () => {
    const { author, homepage, bugs, repository, license } = manifest;
    for (const value of [author, homepage, bugs.url ?? bugs, repository.url, license]) assert.match(value, /\S/);
  });

  test('it depends on nothing and runs nothing when it is installed', () => {
    const { scripts: commands, dependencies, peerDependencies, optionalDependencies, bundledDependencies } = manifest;
    assert.deepEqual([commands, dependencies, peerDependencies, optionalDependencies, bundledDependencies], Array(5).fill(undefined));
  });

  test('types come first, then workerd, node, browser, default', () => {
    const order = ['types', 'workerd', 'node', 'browser', 'default'];
    const refused = ['types', 'workerd', 'browser', 'node', 'default'];
    for (const [entry, conditions] of Object.entries(manifest.exports)) {
      if (typeof conditions === 'string') continue;
      // Where a page may not name an entry, that goes before all that might name it after all.
      const expected = conditions.browser === './dist/not-for-pages.js' ? refused : order;
      assert.deepEqual(Object.keys(conditions), expected.filter((name) => name in conditions), entry);
    }
  });

  test('no module waits at its top level or asks for what only Node has', async () => {
    for (const { name, text } of scripts) {
      // This format has no word for a wait at the top level, so esbuild refuses one.
      await assert.doesNotReject(esbuild.transform(text, { format: 'cjs', logLevel: 'silent' }), name);
      assert.doesNotMatch(text, /['"]node:|\brequire\(|\bprocess\./, name);
    }
  });

  test('its licences and its changelog are those of the project', async () => {
    for (const name of ['LICENSE-MIT', 'LICENSE-APACHE', 'CHANGELOG.md']) {
      assert.equal(await readFile(installed(name), 'utf8'), await readFile(inRoot(name), 'utf8'));
    }
  });

  test('no file reveals where it was built', async () => {
    const files = (await readdir(installed(), { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    for (const { name, parentPath, path } of files) {
      const place = (await readFile(`${parentPath ?? path}/${name}`, 'latin1')).match(/\/(home|root|Users|tmp)\/[\x20-\x7e]{0,80}/)?.[0];
      assert.equal(place, undefined, name);
    }
  });

  test('importing an entry calls nothing and leaves no global', async () => {
    await project.add({ 'watched.mjs': watched });
    for (const entry of ['.', './status', './clients', './elements', './compago', './operator', './webhook']) {
      assert.equal(await project.node('watched.mjs', entry.replace('.', 'compago-edge')), '[]', entry);
    }
  });

  test('what is registered are the classes that the other entries have', async () => {
    await project.add({ 'registers.mjs': registers });
    assert.equal(await project.node('registers.mjs'), 'compago-pay compago-cart compago-order');
  });

  test('the wasm resolves, and each entry takes it from the caller as bytes or as a module', async () => {
    await project.add({ 'wasm.mjs': handsIn });
    assert.equal(await project.node('wasm.mjs'), 'items-empty invalid-input');
  });
});

/** Prints what an import called, or left behind. */
const watched = `
const seen = [];
const guard = (owner, names) => {
  for (const name of names) {
    const real = owner[name];
    owner[name] = function (...args) {
      // Node itself calls some of them too.
      if (new Error().stack.includes('node_modules/compago-edge')) seen.push(name);
      return new.target ? Reflect.construct(real, args) : Reflect.apply(real, this, args);
    };
  }
};
guard(globalThis, ['fetch', 'atob', 'setTimeout', 'setInterval', 'queueMicrotask', 'Request', 'Response', 'AbortController']);
guard(WebAssembly, ['compile', 'instantiate', 'instantiateStreaming', 'Module', 'Instance', 'Memory']);
guard(crypto, ['randomUUID', 'getRandomValues']);
const state = () => Object.getOwnPropertyNames(globalThis).map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name).value]);
const before = new Map(state());
await import(process.argv[2]);
for (const [name, value] of state()) if (!before.has(name) || !Object.is(before.get(name), value)) seen.push(name);
process.stdout.write(JSON.stringify(seen));
`;

/** A registry and the least that an element is. */
const registers = `
const known = new Map();
globalThis.HTMLElement = class {};
globalThis.customElements = { get: (name) => known.get(name), define: (name, made) => known.set(name, made) };
await import('compago-edge/elements/define');
const { CompagoCart, CompagoOrder, CompagoPay } = await import('compago-edge/elements');
process.stdout.write([CompagoPay, CompagoCart, CompagoOrder].map((one) => [...known].find(([, made]) => made === one)?.[0]).join(' '));
`;

const handsIn = `
import { readFile } from 'node:fs/promises';
import { check, load } from 'compago-edge';
import { compago, load as loadForServer } from 'compago-edge/compago';
const bytes = await readFile(new URL(import.meta.resolve('compago-edge/wasm')));
await load(bytes);
await loadForServer(await WebAssembly.compile(bytes));
const refusal = await compago({ apiKey: 'k', environment: 'demo' }).oneTimePayments.create({}).catch((error) => error);
process.stdout.write(check({ items: [] })[0].code + ' ' + refusal.code);
`;
