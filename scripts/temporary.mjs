// Files that have secrets or settings of one run, and do not outlive it.

import { rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * Writes a file that only this user can read, for as long as `use` takes, also where this process ends meanwhile.
 *
 * @template T
 * @param {string} file
 * @param {string} text
 * @param {(file: string) => Promise<T>} use
 * @returns {Promise<T>}
 */
export const withTemporary = (file, text, use) =>
  removing(file, async () => {
    await writeFile(file, text, { mode: 0o600 });
    return use(file);
  });

/**
 * As {@link withTemporary}, in a folder of its own.
 *
 * @template T
 * @param {string} name of the file
 * @param {string} text
 * @param {(file: string) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withTemporaryApart(name, text, use) {
  const folder = await mkdtemp(path.join(tmpdir(), 'compago-edge-'));
  return removing(folder, () => withTemporary(path.join(folder, name), text, use));
}

/**
 * @template T
 * @param {string} place
 * @param {() => Promise<T>} use
 * @returns {Promise<T>}
 */
async function removing(place, use) {
  const remove = () => rmSync(place, { recursive: true, force: true });
  process.once('exit', remove);
  try {
    return await use();
  } finally {
    remove();
    process.off('exit', remove);
  }
}
