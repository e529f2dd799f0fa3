// The packages of a new shop as files: as long as npm has none of these names, and for a machine without a network.

import { copyFile, mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../../scripts/failure.mjs';
import { manifest } from './manifest.js';

/** Where a shop keeps them, so that its folder is a repository by itself. */
const place = 'packages';

/** The packages of this project that a shop needs. */
const names = [manifest.name, ...Object.keys(manifest.dependencies).filter((name) => name.startsWith('compago-edge-'))];

/** What to type for them. @param {string} folder of the shop @returns {string} */
export function withTarballs(folder) {
  const options = names.map((name) => `--package ./${name}-${manifest.version}.tgz`).join(' ');
  return `npx ${options} ${manifest.name} init ${folder} ${options}`;
}

/**
 * @param {string[]} files as a person typed them, named as `npm pack` names them
 * @returns {Promise<Map<string, string>>} the tarball of each package, absolute; empty if no file is given
 */
export async function readTarballs(files) {
  /** @type {Map<string, string>} */
  const tarballs = new Map();
  for (const given of files) {
    const name = names.find((one) => new RegExp(`^${one}-\\d.*\\.tgz$`).test(path.basename(given)));
    if (!name) throw new Failure(`${given} is no tarball of ${names.join(' or ')}: give those that \`npm pack\` has made, under the names that it gave them.`);
    if (!(await stat(given).catch(() => undefined))?.isFile()) throw new Failure(`There is no file ${given}.`);
    tarballs.set(name, path.resolve(given));
  }
  const missing = names.find((name) => !tarballs.has(name));
  if (tarballs.size > 0 && missing) throw new Failure(`The tarball of ${missing} is missing: give it with another --package.`);
  return tarballs;
}

/**
 * Copies them into the folder of a shop.
 *
 * @param {Map<string, string>} tarballs
 * @param {string} folder
 * @returns {Promise<Record<string, string>>} the dependencies of its package.json
 */
export async function keepTarballs(tarballs, folder) {
  await mkdir(path.join(folder, place), { recursive: true });
  const kept = [...tarballs].map(([name, file]) => ({ name, file, to: `${place}/${path.basename(file)}` }));
  for (const { file, to } of kept) await copyFile(file, path.join(folder, to));
  return Object.fromEntries(kept.map(({ name, to }) => [name, `file:${to}`]));
}
