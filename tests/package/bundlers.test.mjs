// The installed package through bundlers in their default configuration; what they make runs in Chromium.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
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
      await assert.rejects(bundle(project), /resolve .*compago-edge|not exported/i);
    });
  }
}
