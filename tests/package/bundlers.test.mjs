// The installed package through bundlers in their default configuration; what they make runs in Chromium.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import * as esbuild from 'esbuild';
import { rollup } from 'rollup';
import * as vite from 'vite';
import webpack from 'webpack';
import { closeBrowser, serve, toldBy } from './support/browser.mjs';
import { newProject } from './support/project.mjs';
import { expected, html, page, shop } from './support/shop.mjs';

after(closeBrowser);

/** What a page must not be able to name. */
const forServers = ['compago-edge/compago', 'compago-edge/webhook'];

const files = { 'index.html': html, 'main.js': page, 'shop.js': shop };

/** @param {import('node:test').TestContext} t @param {string} [entry] what main.js imports in place of the shop */
const projectOf = (t, entry) => newProject(t, entry ? { ...files, 'main.js': `import * as all from '${entry}';\nconsole.log(all);` } : files);

/** Serves what was built, under the strict policy. @param {import('node:test').TestContext} t @param {string} folder */
const toldByBuild = async (t, folder) => toldBy(await serve(t, folder));

/** @type {Record<string, (project: Awaited<ReturnType<typeof newProject>>) => Promise<unknown>>} builds into dist/ */
const bundlers = {
  esbuild: ({ folder }) => esbuild.build({ absWorkingDir: folder, entryPoints: ['main.js'], bundle: true, outdir: 'dist', logLevel: 'silent' }),
  Vite: ({ folder }) => vite.build({ root: folder, logLevel: 'silent', configFile: false }),
  webpack: ({ folder, file }) => packed({ context: folder, mode: 'production', entry: './main.js', output: { path: file('dist') } }),
  // It finds no installed package by itself.
  Rollup: async ({ file }) => {
    const bundle = await rollup({ input: file('main.js'), plugins: [nodeResolve({ browser: true })], onwarn: (warning) => assert.fail(warning.message) });
    await bundle.write({ dir: file('dist') });
    await bundle.close();
  },
};

/** @param {import('webpack').Configuration} configuration */
async function packed(configuration) {
  const compiler = webpack(configuration);
  const stats = await promisify(compiler.run.bind(compiler))();
  await promisify(compiler.close.bind(compiler))();
  if (stats?.hasErrors()) throw new Error(stats.toString('errors-only'));
  assert.deepEqual(stats?.toJson('errors-warnings').warnings?.filter(({ message }) => !/size limit|performance/.test(message)), []);
}

for (const [name, bundle] of Object.entries(bundlers)) {
  test(`${name} builds a page that runs`, async (t) => {
    const project = await projectOf(t);
    await bundle(project);
    if (name !== 'Vite') await project.add({ 'dist/index.html': html });
    assert.deepEqual(await toldByBuild(t, project.file('dist')), expected);
  });

  for (const entry of forServers) {
    test(`${name} refuses ${entry} in a page`, async (t) => {
      const project = await projectOf(t, entry);
      await assert.rejects(bundle(project), /resolve .*compago-edge|not exported|no known conditions/i);
    });
  }
}

test('Vite serves a page that runs while it is worked on', async (t) => {
  const { folder } = await projectOf(t);
  const server = await vite.createServer({ root: folder, logLevel: 'silent', configFile: false, server: { host: '127.0.0.1', port: 0 } });
  t.after(() => server.close());
  await server.listen();
  assert.deepEqual(await toldBy(server.resolvedUrls?.local[0] ?? ''), expected);
});
