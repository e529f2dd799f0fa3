// How the npm packages that hold a part of the repository are put together: the same files at the same places.

import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { inRoot, root } from './paths.mjs';

/** @param {string} folder @param {string} from relative to the root @param {string} to relative to the folder */
export async function copyInto(folder, from, to = from) {
  const target = path.join(folder, to);
  await mkdir(path.dirname(target), { recursive: true });
  await copyFile(inRoot(from), target);
}

/**
 * @param {string} entry relative to the root
 * @returns {Promise<string[]>} it and all modules of the project that it imports, also later, relative to the root
 */
export async function modulesOf(entry) {
  // It needs a package, which `npm ci` may only just have installed.
  const { build } = await import('esbuild');
  const options = { bundle: true, metafile: true, write: false, packages: 'external', platform: 'node', format: 'esm' };
  const { metafile } = await build({ ...options, absWorkingDir: root, entryPoints: [entry], outdir: '.build', logLevel: 'warning' });
  return Object.keys(metafile.inputs);
}
