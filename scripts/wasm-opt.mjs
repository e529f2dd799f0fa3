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
].map((feature) => `--enable-${feature}`);

/**
 * What the module for pages may use: all of it is in the oldest supported browsers but reference types, which Chrome has since 96.
 * wasm-bindgen cannot do without those; an older Chrome cannot load the module, and the page goes on without it.
 */
const ofPages = [
  'bulk-memory',
  'bulk-memory-opt',
  'multivalue',
  'mutable-globals',
  'nontrapping-float-to-int',
  'reference-types',
  'sign-ext',
].map((feature) => `--enable-${feature}`);

/** For servers, which load a module once. */
export const SMALL = ['-Oz'];

/**
 * For pages, which download it. `--gufa` finds what no call can bring about, and the second `-Oz` takes it away. In the order of their names, functions
 * that are made from the same generic one are adjacent, which compresses better. In the lowest memory lies the far end of the
 * stack, where no pointer that is reckoned comes out.
 */
export const SMALLEST = ['--low-memory-unused', '-Oz', '--gufa', '-Oz', '--reorder-functions-by-name'];

/** The function names are a seventh of a module when compressed. */
const stripped = ['--strip-debug', '--strip-producers', '--strip-target-features'];

/**
 * Makes a module smaller, in place.
 *
 * @param {string} file
 * @param {string[]} passes
 */
export async function optimiseWasm(file, passes) {
  await run(npmBin('wasm-opt'), [...passes, ...stripped, ...features, file, '-o', file]);
}

/** Fails unless a module, without its list of features, uses only features that pages may use. @param {string} file */
export const checkForPages = (file) => run(npmBin('wasm-opt'), ['--mvp-features', ...ofPages, file]);
