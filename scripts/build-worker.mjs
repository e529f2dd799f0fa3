import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { withoutPlaces } from './cargo-places.mjs';
import { esbuildPath, inRoot, toolPath } from './paths.mjs';
import { run } from './run.mjs';
import { rustInputs } from './stamp.mjs';
import { SMALL, optimiseWasm } from './wasm-opt.mjs';

const crates = ['src', 'client/Cargo.toml', 'client/src', 'worker/Cargo.toml', 'worker/src'];
const inputs = [...rustInputs, ...crates, 'scripts/build-worker.mjs', 'scripts/cargo-places.mjs', 'scripts/wasm-opt.mjs'];
const files = ['index.js', 'index_bg.wasm'];

/** Processor time of each request is billed; the size of a Worker is not, and Cloudflare takes one several times as large. */
const FAST = { CARGO_PROFILE_RELEASE_OPT_LEVEL: '3' };

/** The Worker: index.js and index_bg.wasm, for Cloudflare and for workerd alike. @type {import('./stamp.mjs').Part} */
export const workerPart = {
  name: 'worker',
  needsRust: true,
  inputs: () => inputs,
  output: 'worker/build',
  build: (next) =>
    buildWorker('worker', next, { options: ['--release', '--no-opt'], cargoOptions: withoutPlaces, finish: (work) => optimiseWasm(path.join(work, 'index_bg.wasm'), SMALL), profile: FAST }),
};

/**
 * The Worker with the Durable Object of `tests/voucher`, not optimised: for a test that a further machine needs its rules alone.
 *
 * @type {import('./stamp.mjs').Part}
 */
export const testWorkerPart = {
  name: 'test-worker',
  needsRust: true,
  inputs: () => [...inputs, 'tests/voucher'],
  output: '.build/test-worker',
  build: (next) => buildWorker('worker', next, { options: ['--dev'], cargoOptions: ['--features', 'voucher'] }),
};

/**
 * @param {string} name the folder of the crate, relative to the root
 * @param {string} next the folder to fill
 * @param {{ options: string[], cargoOptions?: string[], finish?: (work: string) => Promise<void>, profile?: Record<string, string> }} how
 *   options are those of worker-build; finish changes what was built; profile are variables of cargo
 */
export async function buildWorker(name, next, { options, cargoOptions = [], finish = async () => {}, profile = {} }) {
  const crate = inRoot(name);
  // worker-build leaves more files than the Worker needs.
  const work = path.join(next, 'work');
  // Both tools are named, so that worker-build downloads nothing; wasm-opt is the project's own.
  const env = { ...profile, WASM_BINDGEN_BIN: toolPath('wasm-bindgen'), ESBUILD_BIN: esbuildPath() };
  const args = [...options, '--out-dir', path.relative(crate, work), ...(cargoOptions.length > 0 ? ['.', '--', ...cargoOptions] : [])];
  await run(toolPath('worker-build'), args, { cwd: crate, env });
  await finish(work);
  for (const file of files) await rename(path.join(work, file), path.join(next, file));
  await rm(work, { recursive: true });
}
