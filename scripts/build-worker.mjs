import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { esbuildPath, inRoot, toolPath } from './paths.mjs';
import { run } from './run.mjs';
import { rustInputs } from './stamp.mjs';
import { SMALL, optimiseWasm } from './wasm-opt.mjs';

/** The Worker: index.js and index_bg.wasm, for Cloudflare and for workerd alike. @type {import('./stamp.mjs').Part} */
export const workerPart = {
  name: 'worker',
  needsRust: true,
  inputs: () => [
    ...rustInputs,
    'src',
    'worker/Cargo.toml',
    'worker/src',
    'scripts/build-worker.mjs',
    'scripts/wasm-opt.mjs',
  ],
  output: 'worker/build',
  build: async (next) => {
    const crate = inRoot('worker');
    // It leaves more than the Worker, which nobody needs.
    const work = path.join(next, 'work');
    // Both tools are named, so that worker-build downloads nothing; wasm-opt is the project's own, which takes places out as well.
    const env = { WASM_BINDGEN_BIN: toolPath('wasm-bindgen'), ESBUILD_BIN: esbuildPath() };
    await run(toolPath('worker-build'), ['--release', '--no-opt', '--out-dir', path.relative(crate, work)], { cwd: crate, env });
    const files = ['index.js', 'index_bg.wasm'];
    await optimiseWasm(path.join(work, 'index_bg.wasm'), SMALL);
    for (const file of files) await rename(path.join(work, file), path.join(next, file));
    await rm(work, { recursive: true });
  },
};
