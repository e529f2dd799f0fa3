import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { buildWorker } from './build-worker.mjs';
import { withoutPlaces } from './cargo-places.mjs';
import { copyInto, modulesOf } from './package-files.mjs';
import { inRoot, root, sandboxPackageDir } from './paths.mjs';
import { rustInputs } from './stamp.mjs';
import { SMALL, optimiseWasm } from './wasm-opt.mjs';

/** What is written for the package alone. */
const own = 'sandbox/npm';

/** Of those, what the tarball has at its root; the others keep their place. */
const atRoot = ['package.json', 'README.md'];

const licences = ['LICENSE-MIT', 'LICENSE-APACHE'];

/** The npm package of the sandbox: what is packed and published, with the sandbox as a Worker, and of the scripts those that its command uses. @type {import('./stamp.mjs').Part} */
export const sandboxWorkerPart = {
  name: 'sandbox-worker',
  needsRust: true,
  inputs: () => [
    ...rustInputs,
    ...['sandbox/Cargo.toml', 'sandbox/src', 'sandbox/worker/Cargo.toml', 'sandbox/worker/src', own],
    ...['children', 'failure', 'liveness', 'lock', 'loopback', 'package-files', 'paths'].map((name) => `scripts/${name}.mjs`),
    ...licences,
    ...['scripts/build-sandbox-worker.mjs', 'scripts/build-worker.mjs', 'scripts/cargo-places.mjs', 'scripts/wasm-opt.mjs'],
  ],
  output: path.relative(root, sandboxPackageDir),
  build: async (next) => {
    const worker = path.join(next, own, 'worker');
    await mkdir(worker, { recursive: true });
    await buildWorker('sandbox/worker', worker, {
      options: ['--release', '--no-opt'],
      cargoOptions: withoutPlaces,
      finish: (work) => optimiseWasm(path.join(work, 'index_bg.wasm'), SMALL),
    });
    const configs = (await readdir(inRoot(own))).filter((name) => name.endsWith('.capnp')).map((name) => `${own}/${name}`);
    for (const file of [...configs, ...licences, ...(await modulesOf(`${own}/bin.js`))]) await copyInto(next, file);
    for (const name of atRoot) await copyInto(next, `${own}/${name}`, name);
  },
};
