import { createHash } from 'node:crypto';
import { cp, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from './failure.mjs';
import { inRoot } from './paths.mjs';

/** The one file that has all it needs: what a page on another origin loads. */
const complete = 'elements-define.js';

/** Where the hashes of a version's files are, relative to its folder. */
const hashesName = 'integrity.json';

/** How many hexadecimal digits of the hash over all files the name of their folder has. */
const DIGITS = 8;

/**
 * The hashes of one version's files, for `integrity` attributes.
 *
 * @typedef {{ version: string, files: Record<string, string> }} Integrity by path relative to the version's folder
 */

/**
 * Copies files of /pkg/ of a site into a folder whose content never changes, since its name has the version and a hash over the files, and
 * writes their hashes beside them.
 *
 * @param {string} site
 * @param {string[]} files relative to /pkg/
 */
export async function addVersion(site, files) {
  /** @type {Integrity} */
  const integrity = { version: await packageVersion(), files: {} };
  for (const file of [...files].sort()) integrity.files[file] = integrityOf(await readFile(path.join(site, 'pkg', file)));
  const text = `${JSON.stringify(integrity, null, 2)}\n`;
  const digits = createHash('sha256').update(text).digest('hex').slice(0, DIGITS);
  const folder = path.join(site, 'pkg', `v${integrity.version}-${digits}`);
  for (const file of files) await cp(path.join(site, 'pkg', file), path.join(folder, file));
  await writeFile(path.join(folder, hashesName), text);
}

/**
 * @param {string} site a built one
 * @returns {Promise<string>} the name of the one folder below /pkg/ that has this version
 */
export async function versionName(site) {
  const begin = `v${await packageVersion()}-`;
  const name = (await readdir(path.join(site, 'pkg'))).find((each) => each.startsWith(begin) && each.length === begin.length + DIGITS);
  if (!name) throw new Failure(`${path.relative('', site)} has no folder pkg/${begin}…: run npm run build.`);
  return name;
}

/**
 * @param {string} origin of the Worker
 * @param {string} site a built one
 * @returns {Promise<string>} the HTML that loads the elements of this build into a page of any origin, and refuses any other content
 */
export async function pinnedScriptElement(origin, site) {
  const name = await versionName(site);
  /** @type {Integrity} */
  const { files } = JSON.parse(await readFile(path.join(site, 'pkg', name, hashesName), 'utf8'));
  return `<script type="module" src="${origin}/pkg/${name}/${complete}" integrity="${files[complete]}" crossorigin></script>`;
}

/**
 * @param {string} origin of the Worker
 * @returns {string} the HTML that loads the elements as the Worker has them at each visit
 */
export const scriptElement = (origin) => `<script type="module" src="${origin}/pkg/${complete}"></script>`;

/**
 * @param {string} origin of the Worker
 * @param {string} site a built one
 * @returns {Promise<string>} both lines of HTML, each with what it is for
 */
export async function scriptElements(origin, site) {
  return `  ${scriptElement(origin)}
    goes on selling after every upgrade of the Worker
  ${await pinnedScriptElement(origin, site)}
    loads these very files and no others: after an upgrade the page sells nothing until it has the new line`;
}

/** @returns {Promise<string>} */
const packageVersion = async () => JSON.parse(await readFile(inRoot('pkg', 'package.json'), 'utf8')).version;

/** @param {Buffer} content @returns {string} as the `integrity` attribute has it */
const integrityOf = (content) => `sha384-${createHash('sha384').update(content).digest('base64')}`;
