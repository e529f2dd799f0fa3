import { copyFile, mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { withoutPlaces } from './cargo-places.mjs';
import { inRoot, targetDir, toolPath } from './paths.mjs';
import { run } from './run.mjs';
import { rustInputs } from './stamp.mjs';
import { SMALL, SMALLEST, checkForPages, optimiseWasm } from './wasm-opt.mjs';

/**
 * The two sides: what a page downloads, and what a server has beside that. Each is glue, and its wasm as text, which needs no
 * configuration of any bundler, and as a file, for Workers, which accept only modules, and for sites that serve it separately.
 */
const sides = [
  { name: 'browser', file: 'browser.wasm', features: [] },
  { name: 'server', file: 'compago.wasm', features: ['--features', 'server'] },
];

/** What the tarball has at its root, where scanners and people look for it. */
const ofProject = ['LICENSE-MIT', 'LICENSE-APACHE', 'CHANGELOG.md'];

/** The npm package: the bindings and, beside them, the hand-written modules of pkg/. @type {import('./stamp.mjs').Part} */
export const packagePart = {
  name: 'package',
  needsRust: true,
  inputs: async () => [
    ...rustInputs,
    'src',
    'pkg/Cargo.toml',
    'pkg/src',
    'www/openapi.json',
    ...(await modules()).map((name) => `pkg/${name}`),
    'package.json',
    'scripts/build-package.mjs',
    'scripts/cargo-places.mjs',
    'scripts/wasm-opt.mjs',
  ],
  output: 'pkg/dist',
  copies: Object.fromEntries(ofProject.map((name) => [`pkg/${name}`, name])),
  build: bindAndCopy,
};

/** @returns {Promise<string[]>} the hand-written modules and their types, relative to pkg/ */
async function modules() {
  const inside = (await readdir(inRoot('pkg', 'elements'))).map((name) => `elements/${name}`);
  return [...(await readdir(inRoot('pkg'))), ...inside].filter((name) => /\.(js|d\.ts)$/.test(name)).sort();
}

/** @param {string} dist the folder to fill */
async function bindAndCopy(dist) {
  const wasm = path.join(dist, 'wasm');
  await mkdir(wasm, { recursive: true });
  await mkdir(path.join(dist, 'elements'));
  for (const side of sides) await bind(side, wasm);
  for (const { name, file } of sides) await rename(path.join(wasm, `${name}_bg.wasm`), path.join(dist, file));
  for (const name of await modules()) await copyFile(inRoot('pkg', name), path.join(dist, name));
  await joinForPages('elements-define.js', dist);
  const { css } = await import(pathToFileURL(inRoot('pkg', 'elements', 'style.js')).href);
  await writeFile(path.join(dist, 'elements.css'), css.trimStart());
  await writeFile(path.join(dist, 'openapi.d.ts'), await typesOfApi());
}

/** The types of what the Worker's API takes and answers, as its document describes them. */
async function typesOfApi() {
  const { default: typesOf, astToString } = await import('openapi-typescript');
  const { openapi, info, components } = JSON.parse(await readFile(inRoot('www', 'openapi.json'), 'utf8'));
  const { schemas } = components;
  const types = await typesOf({ openapi, info, paths: {}, components: { schemas } }, { immutable: true, defaultNonNullable: false });
  return `// Made from the Worker's openapi.json.\n${astToString(types)}`;
}

/**
 * Makes a module one file with all that it imports: what a page without a bundler copies and loads.
 *
 * @param {string} name
 * @param {string} dist
 */
async function joinForPages(name, dist) {
  // It needs a package, which `npm ci` may only just have installed.
  const { buildTargets } = await import('./floor/browsers.mjs');
  const { build } = await import('esbuild');
  await build({
    entryPoints: [inRoot('pkg', name)],
    outfile: path.join(dist, name),
    bundle: true,
    minify: true,
    charset: 'utf8',
    format: 'esm',
    target: buildTargets,
    logLevel: 'warning',
  });
}

/** @param {typeof sides[number]} side @param {string} wasm the folder for what is made */
async function bind({ name, features }, wasm) {
  const target = 'wasm32-unknown-unknown';
  await run('cargo', ['build', '--release', '-p', 'compago-js', '--lib', '--target', target, ...features, ...withoutPlaces]);
  const linked = path.join(targetDir, target, 'release', 'compago_js.wasm');
  const options = ['--target', 'web', '--no-typescript', '--omit-default-module-path', '--out-name', name, '--out-dir', wasm];
  await run(toolPath('wasm-bindgen'), [linked, ...options]);
  const file = path.join(wasm, `${name}_bg.wasm`);
  await optimiseWasm(file, name === 'browser' ? SMALLEST : SMALL);
  if (name === 'browser') await checkForPages(file);
  const text = (await readFile(file)).toString('base64');
  await writeFile(path.join(wasm, `${name}.inline.js`), `export default '${text}';\n`);
}
