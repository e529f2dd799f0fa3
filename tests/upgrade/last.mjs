// The last build: what it consists of, where it is kept, and how it is run.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';

/** The built Worker, its bindings and objects, and the clock of the tests, which has a class for each of them; all relative to the root. */
export const files = [
  ...['worker/build/index.js', 'worker/build/index_bg.wasm', 'worker/workerd.capnp'],
  ...['clock.capnp', 'clock.js', 'count.js', 'start.js', 'still.js'].map((name) => `tests/support/${name}`),
];

const folder = fileURLToPath(new URL('last/', import.meta.url));

/** @param {string} file one of `files` @returns {string} where it is kept, compressed */
export const keptAs = (file) => path.join(folder, `${path.basename(file)}.br`);

/** Says which commit was built, and the SHA-256 of each file. */
export const record = path.join(folder, 'build.json');

/** @param {Buffer} content @returns {string} */
export const digest = (content) => createHash('sha256').update(content).digest('hex');

/** Unpacks the last build. @param {string} target a folder @returns {Promise<string>} the configuration with which workerd runs it */
export async function unpackLast(target) {
  /** @type {{ sha256: Record<string, string> }} */
  const { sha256 } = JSON.parse(await readFile(record, 'utf8'));
  for (const name of files) {
    const content = brotliDecompressSync(await readFile(keptAs(name)));
    assert.equal(digest(content), sha256[name], `${name} is the one that was kept`);
    const file = path.join(target, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  return path.join(target, 'tests/support/clock.capnp');
}
