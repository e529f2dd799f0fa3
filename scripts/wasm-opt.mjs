import { rm, writeFile } from 'node:fs/promises';
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
 * `--gufa` finds what no call can bring about, and the second `-Oz` takes it away. In the order of their names, functions
 * that are made of the same generic one stand together, which compresses better.
 */
const smaller = ['-Oz', '--gufa', '-Oz', '--reorder-functions-by-name'];

/** The function names are a seventh of a module when compressed. */
const stripped = ['--strip-debug', '--strip-producers', '--strip-target-features'];

/**
 * Makes a module smaller, in place.
 *
 * @param {string} file
 * @param {string[]} [passes] more of wasm-opt's passes, for the end
 * @returns {Promise<string>} what the passes tell
 */
export function optimiseWasm(file, passes = []) {
  return run(npmBin('wasm-opt'), [...smaller, ...passes, ...stripped, ...features, file, '-o', file]);
}

/**
 * Leaves a module, in place, only those of its exports that are named, and what they need.
 *
 * @param {string} file
 * @param {string[]} names
 */
export async function keepExports(file, names) {
  const graph = `${file}.json`;
  const reached = names.map((name) => ({ name: `export ${name}`, export: name }));
  await writeFile(graph, JSON.stringify([{ name: 'script', root: true, reaches: reached.map(({ name }) => name) }, ...reached]));
  await run(npmBin('wasm-metadce'), [file, '--graph-file', graph, ...features, '--debuginfo', '-o', file]);
  await rm(graph);
}
