import { copyFile, mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { inRoot, targetDir, toolPath } from './paths.mjs';
import { run } from './run.mjs';
import { buildPart, rustInputs } from './stamp.mjs';
import { optimiseWasm } from './wasm-opt.mjs';

const dist = inRoot('pkg', 'dist');

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
      'scripts/wasm-opt.mjs',
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
  await optimiseWasm(path.join(dist, 'compago_js_bg.wasm'));
  for (const name of modules) await copyFile(inRoot('pkg', name), path.join(dist, name));
}
