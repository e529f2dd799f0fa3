import { constants } from 'node:fs';
import { copyFile, lstat, mkdir, readFile, readdir, rename, rm, rmdir, utimes } from 'node:fs/promises';
import path from 'node:path';

/**
 * Makes a folder the same as another one, which is used up, while programs read from it: the folder stays, and so do files that are
 * alike. Each other file is replaced in one step.
 *
 * @param {string} from
 * @param {string} to
 */
export async function moveInto(from, to) {
  await mkdir(to, { recursive: true });
  const wanted = await readdir(from, { withFileTypes: true });
  const names = new Set(wanted.map((entry) => entry.name));
  for (const entry of wanted) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    const there = await lstat(target).catch(() => undefined);
    if (there && there.isDirectory() !== entry.isDirectory()) await rm(target, { recursive: true });
    await (entry.isDirectory() ? moveInto(source, target) : moveFile(source, target));
  }
  for (const entry of await readdir(to)) {
    if (!names.has(entry)) await rm(path.join(to, entry), { recursive: true });
  }
}

/**
 * Removes what a folder holds beside the named files.
 *
 * @param {string} folder
 * @param {string[]} files relative to it
 */
export async function removeStrays(folder, files) {
  const kept = new Set(files.map((file) => path.join(folder, file)));
  for (const file of await filesBelow(folder)) {
    const place = path.join(folder, file);
    if (!kept.has(place)) await rm(place);
  }
  await removeEmptyFolders(folder);
}

/** @param {string} folder @returns {Promise<string[]>} its files, also those in its folders, relative to it, with `/`, sorted */
export async function filesBelow(folder) {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const files = await Promise.all(
    entries.map(async (entry) => {
      if (!entry.isDirectory()) return [entry.name];
      return (await filesBelow(path.join(folder, entry.name))).map((file) => `${entry.name}/${file}`);
    }),
  );
  return files.flat().sort();
}

/** @param {string} source @param {string} target */
async function moveFile(source, target) {
  const [next, last] = await Promise.all([lstat(source), lstat(target).catch(() => undefined)]);
  if (last?.size === next.size && (await readFile(source)).equals(await readFile(target))) return;
  // Browsers detect a change by the file's time in whole seconds.
  const second = (/** @type {number} */ ms) => Math.floor(ms / 1000);
  const time = last && second(next.mtimeMs) <= second(last.mtimeMs) ? second(last.mtimeMs) + 1 : undefined;
  if (time !== undefined) await utimes(source, time, time);
  await rename(source, target).catch(async (error) => {
    if (error.code !== 'EXDEV') throw error;
    const beside = `${target}.${process.pid}.new`;
    await copyFile(source, beside, constants.COPYFILE_EXCL);
    if (time !== undefined) await utimes(beside, time, time);
    await rename(beside, target);
  });
}

/** @param {string} folder */
async function removeEmptyFolders(folder) {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const inner = path.join(folder, entry.name);
    await removeEmptyFolders(inner);
    if ((await readdir(inner)).length === 0) await rmdir(inner);
  }
}
