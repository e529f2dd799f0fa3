import { esbuildPath, inRoot, npmBin, toolPath } from './paths.mjs';
import { run } from './run.mjs';
import { buildPart, rustInputs } from './stamp.mjs';

/** Builds the Worker into worker/build: index.js and index_bg.wasm, for Cloudflare and for workerd alike. */
export function buildWorker() {
  return buildPart({
    name: 'worker',
    inputs: [...rustInputs, 'src', 'worker/Cargo.toml', 'worker/src', 'scripts/build-worker.mjs'],
    outputs: [inRoot('worker', 'build', 'index.js'), inRoot('worker', 'build', 'index_bg.wasm')],
    build: async () => {
      await run(toolPath('worker-build'), ['--release'], {
        cwd: inRoot('worker'),
        // Named here, so that worker-build downloads nothing.
        env: {
          WASM_BINDGEN_BIN: toolPath('wasm-bindgen'),
          WASM_OPT_BIN: npmBin('wasm-opt'),
          ESBUILD_BIN: esbuildPath(),
        },
      });
    },
  });
}
