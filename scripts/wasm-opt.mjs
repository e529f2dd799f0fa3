import { npmBin } from './paths.mjs';
import { run } from './run.mjs';

/**
 * What rustc and wasm-bindgen emit, and every browser, Node 20 and workerd understand. Named one by one:
 * `--all-features` makes a module that Node 20 refuses.
 */
const features = [
  'bulk-memory',
  'bulk-memory-opt',
  'call-indirect-overlong',
  'exception-handling',
  'multivalue',
  'mutable-globals',
  'nontrapping-float-to-int',
  'reference-types',
  'sign-ext',
];

/**
 * Makes a module smaller, in place. The function names go as well: they are a seventh of it when compressed.
 *
 * @param {string} file
 */
export async function optimiseWasm(file) {
  const enabled = features.map((feature) => `--enable-${feature}`);
  await run(npmBin('wasm-opt'), ['-Oz', '--strip-debug', '--strip-producers', ...enabled, file, '-o', file]);
}
