import { createHash } from 'node:crypto';
import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { inRoot, siteDir } from './paths.mjs';

/** The one file that has all it needs: what a page on another origin loads. */
const complete = 'elements-define.js';

/** Where the hashes of a version are, relative to its folder. */
const hashesName = 'integrity.json';

/**
 * The hashes of one version's files, for `integrity` attributes.
 *
 * @typedef {{ version: string, files: Record<string, string> }} Integrity by path relative to the version's folder
 */

/**
 * Copies files of /pkg/ of a site into the folder of their version, whose content never changes, and writes their hashes beside them.
 *
 * @param {string} site
 * @param {string[]} files relative to /pkg/
 */
export async function addVersion(site, files) {
  const folder = await versionFolder(site);
  /** @type {Integrity} */
  const integrity = { version: await packageVersion(), files: {} };
  for (const file of files) {
    const original = path.join(site, 'pkg', file);
    await cp(original, path.join(folder, file));
    integrity.files[file] = integrityOf(await readFile(original));
  }
  await writeFile(path.join(folder, hashesName), `${JSON.stringify(integrity, null, 2)}\n`);
}

/**
 * @param {string} origin of the Worker
 * @param {string} [site] a built one
 * @returns {Promise<string>} the HTML that loads the elements into a page of any origin, and refuses any other content
 */
export async function scriptElement(origin, site = siteDir) {
  /** @type {Integrity} */
  const { version, files } = JSON.parse(await readFile(path.join(await versionFolder(site), hashesName), 'utf8'));
  return `<script type="module" src="${origin}/pkg/v${version}/${complete}" integrity="${files[complete]}" crossorigin></script>`;
}

/**
 * @param {string} origin of a Worker on this machine, whose files may change from build to build under one version
 * @returns {string} the HTML that loads the elements as they are
 */
export const unpinnedScriptElement = (origin) => `<script type="module" src="${origin}/pkg/${complete}"></script>`;

/** @param {string} site */
const versionFolder = async (site) => path.join(site, 'pkg', `v${await packageVersion()}`);

/** @returns {Promise<string>} */
const packageVersion = async () => JSON.parse(await readFile(inRoot('pkg', 'package.json'), 'utf8')).version;

/** @param {Buffer} content @returns {string} as the `integrity` attribute has it */
const integrityOf = (content) => `sha384-${createHash('sha384').update(content).digest('base64')}`;
