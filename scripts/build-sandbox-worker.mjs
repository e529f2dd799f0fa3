import { copyFile, mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { buildWorker } from './build-worker.mjs';
import { withoutPlaces } from './cargo-places.mjs';
import { inRoot, root, sandboxPackageDir } from './paths.mjs';
import { rustInputs } from './stamp.mjs';
import { SMALL, optimiseWasm } from './wasm-opt.mjs';

const licences = ['LICENSE-MIT', 'LICENSE-APACHE'];

/** The npm package of the sandbox: what is packed and published, with the sandbox as a Worker. @type {import('./stamp.mjs').Part} */
export const sandboxWorkerPart = {
  name: 'sandbox-worker',
  needsRust: true,
  inputs: () => [
    ...rustInputs,
    ...['sandbox/Cargo.toml', 'sandbox/src', 'sandbox/worker/Cargo.toml', 'sandbox/worker/src', 'sandbox/npm'],
    ...licences,
    ...['scripts/build-sandbox-worker.mjs', 'scripts/build-worker.mjs', 'scripts/cargo-places.mjs', 'scripts/wasm-opt.mjs'],
  ],
  output: path.relative(root, sandboxPackageDir),
  build: async (next) => {
    const worker = path.join(next, 'worker');
    await mkdir(worker);
    await buildWorker('sandbox/worker', worker, {
      options: ['--release', '--no-opt'],
      cargoOptions: withoutPlaces,
      finish: (work) => optimiseWasm(path.join(work, 'index_bg.wasm'), SMALL),
    });
    for (const name of await readdir(inRoot('sandbox', 'npm'))) await copyFile(inRoot('sandbox', 'npm', name), path.join(next, name));
    for (const name of licences) await copyFile(inRoot(name), path.join(next, name));
  },
};
