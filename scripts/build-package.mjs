import { copyFile, mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { inRoot, npmBin, targetDir, toolPath } from './paths.mjs';
import { run } from './run.mjs';
import { buildPart, rustInputs } from './stamp.mjs';

const dist = inRoot('pkg', 'dist');

/** What rustc emits for wasm32-unknown-unknown. `--all-features` made a module that Node 20 refuses. */
const wasmFeatures = [
  'bulk-memory',
  'bulk-memory-opt',
  'call-indirect-overlong',
  'multivalue',
  'mutable-globals',
  'nontrapping-float-to-int',
  'reference-types',
  'sign-ext',
].map((feature) => `--enable-${feature}`);

/** Builds the npm package into pkg/dist: the bindings and, beside them, the hand-written modules of pkg/. */
export async function buildPackage() {
  const modules = (await readdir(inRoot('pkg'))).filter((name) => /\.(js|d\.ts)$/.test(name));
  await buildPart({
    name: 'package',
    inputs: [
      ...rustInputs,
      'src',
      'pkg/Cargo.toml',
      'pkg/src',
      ...modules.map((name) => `pkg/${name}`),
      'scripts/build-package.mjs',
    ],
    outputs: [path.join(dist, 'compago_js.js'), path.join(dist, 'compago_js_bg.wasm')],
    build: () => bindAndCopy(modules),
  });
}

/** @param {string[]} modules */
async function bindAndCopy(modules) {
  const target = 'wasm32-unknown-unknown';
  await run('cargo', ['build', '--release', '-p', 'compago-js', '--lib', '--target', target]);
  await rm(dist, { recursive: true, force: true });
  await mkdir(dist, { recursive: true });
  const linked = path.join(targetDir, target, 'release', 'compago_js.wasm');
  await run(toolPath('wasm-bindgen'), [linked, '--target', 'web', '--out-dir', dist]);
  const wasm = path.join(dist, 'compago_js_bg.wasm');
  await run(npmBin('wasm-opt'), ['-Oz', ...wasmFeatures, wasm, '-o', wasm]);
  for (const name of modules) await copyFile(inRoot('pkg', name), path.join(dist, name));
}
