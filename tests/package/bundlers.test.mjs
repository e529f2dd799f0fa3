// The installed package through bundlers in their default configuration; what they make runs in Chromium.

import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import * as esbuild from 'esbuild';
import { rollup } from 'rollup';
import webpack from 'webpack';
import { closeBrowser, serve, toldBy } from './support/browser.mjs';
import { newProject } from './support/project.mjs';
import { expected, html, page, shop } from './support/shop.mjs';

after(closeBrowser);

/** What a page must not be able to have, and what it would import of it. */
const forServers = { 'compago-edge/compago': 'compago', 'compago-edge/operator': 'operator', 'compago-edge/webhook': 'verifyWebhook' };

const files = { 'index.html': html, 'main.js': page, 'shop.js': shop };

/** @param {import('node:test').TestContext} t @param {string} [main] in place of the shop */
const projectOf = (t, main) => newProject(t, main ? { ...files, 'main.js': main } : files);

/** Serves what was built, under the strict policy. @param {import('node:test').TestContext} t @param {string} folder */
const toldByBuild = async (t, folder) => toldBy(await serve(t, folder));

/** Vite 7 and 8 name the oldest Node that they run on; Node 20.18.1 runs these tests as well. */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const tooOld = (major < 20 || (major === 20 && minor < 19)) && `Node ${process.version} is older than the 20.19 that this Vite needs`;

/** @type {Record<string, { skip?: string | false, build: (project: Awaited<ReturnType<typeof newProject>>) => Promise<unknown> }>} into dist/ */
const bundlers = {
  esbuild: { build: ({ folder }) => esbuild.build({ absWorkingDir: folder, entryPoints: ['main.js'], bundle: true, outdir: 'dist', logLevel: 'silent' }) },
  'Vite 6': { build: viteBuild('vite') },
  'Vite 7': { skip: tooOld, build: viteBuild('vite7') },
  'Vite 8': { skip: tooOld, build: viteBuild('vite8') },
  webpack: { build: ({ folder, file }) => packed({ context: folder, mode: 'production', entry: './main.js', output: { path: file('dist') } }) },
  // It finds no installed package by itself.
  Rollup: {
    build: async ({ file }) => {
      const bundle = await rollup({ input: file('main.js'), plugins: [nodeResolve({ browser: true })], onwarn: (warning) => assert.fail(warning.message) });
      await bundle.write({ dir: file('dist') });
      await bundle.close();
    },
  },
};

/** @param {string} name of the package under which one of the versions is installed */
function viteBuild(name) {
  return async ({ folder }) => {
    const { build } = await import(name);
    await build({ root: folder, logLevel: 'silent', configFile: false });
  };
}

/** @param {import('webpack').Configuration} configuration */
async function packed(configuration) {
  const compiler = webpack(configuration);
  const stats = await promisify(compiler.run.bind(compiler))();
  await promisify(compiler.close.bind(compiler))();
  if (stats?.hasErrors()) throw new Error(stats.toString('errors-only'));
  assert.deepEqual(stats?.toJson('errors-warnings').warnings?.filter(({ message }) => !/size limit|performance/.test(message)), []);
}

/** All that was built, as text. @param {Awaited<ReturnType<typeof newProject>>} project */
async function built(project) {
  const entries = await readdir(project.file('dist'), { recursive: true, withFileTypes: true });
  const scripts = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.js'));
  assert.ok(scripts.length > 0);
  return (await Promise.all(scripts.map(({ name, parentPath, path }) => readFile(`${parentPath ?? path}/${name}`, 'utf8')))).join('\n');
}

/** The header of Compago's key. */
const keyHeader = /x-api-key/i;
/** The first bytes of every wasm as base64. */
const wasm = /AGFzbQEAAA/;

for (const [name, { skip, build }] of Object.entries(bundlers)) {
  test(`${name} builds a page that runs`, { skip }, async (t) => {
    const project = await projectOf(t);
    await build(project);
    if (!name.startsWith('Vite')) await project.add({ 'dist/index.html': html });
    assert.deepEqual(await toldByBuild(t, project.file('dist')), expected);
    const text = await built(project);
    assert.match(text, wasm);
    assert.doesNotMatch(text, keyHeader);
  });

  for (const [entry, symbol] of Object.entries(forServers)) {
    test(`${name} refuses ${entry} in a page, and puts nothing of it into one`, { skip }, async (t) => {
      const project = await projectOf(t, `import { ${symbol} } from '${entry}';\nconsole.log(${symbol});`);
      await assert.rejects(build(project), new RegExp(`${symbol}.*(not exported|not found)|no matching export.*${symbol}`, 'is'));
      // Nobody knows whether a whole namespace lacks anything.
      await project.add({ 'main.js': `import * as all from '${entry}';\nconsole.log(all);` });
      await build(project);
      const text = await built(project);
      assert.doesNotMatch(text, keyHeader);
      assert.doesNotMatch(text, wasm);
    });
  }

  test(`${name} puts no wasm into a page that has the clients alone`, { skip }, async (t) => {
    const client = "console.log(shop({ origin: 'https://shop.example' }), till());";
    const project = await projectOf(t, `import { shop, till } from 'compago-edge';\n${client}`);
    for (const entry of ['compago-edge', 'compago-edge/clients']) {
      await project.add({ 'main.js': `import { shop, till } from '${entry}';\n${client}` });
      await build(project);
      const text = await built(project);
      assert.match(text, /shop\/catalog/);
      assert.doesNotMatch(text, wasm, entry);
    }
  });
}

for (const [name, skip] of /** @type {[string, string | false][]} */ ([['vite', false], ['vite7', tooOld], ['vite8', tooOld]])) {
  /** @param {import('node:test').TestContext} t @param {string} [main] */
  const served = async (t, main) => {
    const { folder } = await projectOf(t, main);
    const { createServer } = await import(name);
    const server = await createServer({ root: folder, logLevel: 'silent', configFile: false, server: { host: '127.0.0.1', port: 0 } });
    t.after(() => server.close());
    await server.listen();
    return server.resolvedUrls?.local[0] ?? '';
  };

  test(`${name} serves a page that runs while it is worked on`, { skip }, async (t) => {
    assert.deepEqual(await toldBy(await served(t)), expected);
  });

  test(`${name} serves nothing of what is for servers while a page is worked on`, { skip }, async (t) => {
    const imports = Object.keys(forServers).map((entry) => `import * as all from '${entry}';`.replace('all', entry.replace(/\W/g, '')));
    const text = await allOf(new URL('main.js', await served(t, imports.join('\n'))));
    assert.match(text, /not-for-pages|compago-edge/);
    assert.doesNotMatch(text, keyHeader);
    assert.doesNotMatch(text, wasm);
  });
}

/** The text of a module and of all that it imports. @param {URL} url @param {Set<string>} [seen] @returns {Promise<string>} */
async function allOf(url, seen = new Set()) {
  if (seen.has(url.href)) return '';
  seen.add(url.href);
  const text = await (await fetch(url)).text();
  const imports = [...text.matchAll(/(?:from|import)\s*\(?["']([./][^"']+)["']/g)].map(([, specifier]) => new URL(specifier ?? '', url));
  return [text, ...(await Promise.all(imports.map((one) => allOf(one, seen))))].join('\n');
}
