// The last build: what it consists of, where it is kept, and how it is run.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';

export const compressed = ['worker/build/index.js', 'worker/build/index_bg.wasm'];

/** The built Worker, its bindings and objects, and the clock of the tests, which has a class for each of them; all relative to the root. */
export const files = [
  ...compressed,
  'worker/workerd.capnp',
  ...['clock.capnp', 'clock.js', 'count.js', 'start.js', 'still.js'].map((name) => `tests/support/${name}`),
];

const folder = fileURLToPath(new URL('last/', import.meta.url));

/** @param {string} file one of `files` @returns {string} where it is kept */
export const keptAs = (file) => path.join(folder, `${path.basename(file)}${compressed.includes(file) ? '.br' : ''}`);

/** Unpacks the last build. @param {string} target a folder @returns {Promise<string>} the configuration with which workerd runs it */
export async function unpackLast(target) {
  for (const name of files) {
    const content = await readFile(keptAs(name));
    const file = path.join(target, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, compressed.includes(name) ? brotliDecompressSync(content) : content);
  }
  return path.join(target, 'tests/support/clock.capnp');
}
