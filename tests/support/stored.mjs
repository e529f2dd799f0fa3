// What a stack has stored, as a value: the files of the Worker's objects and of the sandbox.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

/**
 * @typedef {object} Snapshot
 * @property {number} at when it was stored, in milliseconds since 1970
 * @property {Record<string, string>} objects the files below the objects' folder, in Base64
 * @property {any} compago the sandbox's data file
 */

/** @param {string} folder @returns {Promise<Record<string, string>>} its files; SQLite makes those of shared memory anew */
export async function filesOf(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile() && !entry.name.endsWith('-shm')).map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name)));
  return Object.fromEntries(await Promise.all(names.sort().map(async (name) => [name, await readFile(path.join(folder, name), 'base64')])));
}

/** @param {Snapshot} snapshot @param {string} folder of a stack @param {number} ahead @returns {Promise<string[]>} arguments of the sandbox */
export async function restore({ objects, compago }, folder, ahead) {
  for (const [name, content] of Object.entries(objects)) {
    const file = path.join(folder, 'objects', name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content, 'base64');
  }
  const data = path.join(folder, 'compago.json');
  await writeFile(data, JSON.stringify({ ...compago, clockOffsetMs: Math.round(ahead) }));
  return ['--data', data];
}

/** @param {string} file @param {Snapshot} snapshot */
export const writeSnapshot = (file, snapshot) => writeFile(file, gzipSync(JSON.stringify(snapshot), { level: 9 }));

/** @param {string | URL} file @returns {Promise<Snapshot>} */
export const readSnapshot = async (file) => JSON.parse(gunzipSync(await readFile(file)).toString());
