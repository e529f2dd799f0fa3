import { esbuildPath, inRoot, toolPath } from './paths.mjs';
import { run } from './run.mjs';
import { shrinkWorker } from './shrink-worker.mjs';
import { buildPart, rustInputs } from './stamp.mjs';

const script = inRoot('worker', 'build', 'index.js');
const wasm = inRoot('worker', 'build', 'index_bg.wasm');

/** Builds the Worker into worker/build: index.js and index_bg.wasm, for Cloudflare and for workerd alike. */
export function buildWorker() {
  return buildPart({
    name: 'worker',
    inputs: [
      ...rustInputs,
      'src',
      'worker/Cargo.toml',
      'worker/src',
      'worker/wrangler.toml',
      'scripts/build-worker.mjs',
      'scripts/shrink-worker.mjs',
      'scripts/wasm-opt.mjs',
    ],
    outputs: [script, wasm],
    build: async () => {
      // Both tools are named, so that worker-build downloads nothing.
      const env = { WASM_BINDGEN_BIN: toolPath('wasm-bindgen'), ESBUILD_BIN: esbuildPath(), NO_MINIFY: '1' };
      await run(toolPath('worker-build'), ['--release', '--no-opt'], { cwd: inRoot('worker'), env });
      await shrinkWorker(script, wasm);
    },
  });
}
