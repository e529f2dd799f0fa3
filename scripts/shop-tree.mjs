// The files of a shop's folder, as they are served: without what systems and editors leave, and through links that stay inside.

import { existsSync } from 'node:fs';
import { readFile, readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from './failure.mjs';
import { isHidden, isLeftOut } from './served.mjs';

/**
 * @typedef {object} ShopTree
 * @property {string[]} files relative to the folder, with `/`, sorted
 * @property {string[]} hidden files and folders that a dot before their name hides
 */

/**
 * Fails with a line for each link that cannot be followed: what is served has to be in the folder.
 *
 * @param {string} shop the folder; one that is missing has no files
 * @returns {Promise<ShopTree>}
 */
export async function shopTree(shop) {
  const home = await realpath(shop).catch(() => undefined);
  const found = { files: /** @type {string[]} */ ([]), hidden: /** @type {string[]} */ ([]), lines: /** @type {string[]} */ ([]) };
  if (home) await walk({ home, name: path.basename(shop), found }, home, '', [home]);
  if (found.lines.length > 0) throw new Failure(found.lines.join('\n'));
  return { files: found.files.sort(), hidden: found.hidden };
}

/** @typedef {{ home: string, name: string, found: ShopTree & { lines: string[] } }} Walk home: the folder, without links in its path */

/**
 * @param {Walk} whole
 * @param {string} folder without links in its path
 * @param {string} place of the folder in the shop's, with a `/` behind it unless it is empty
 * @param {string[]} above the folder and those that it was reached through
 */
async function walk(whole, folder, place, above) {
  const { found, name } = whole;
  const refuse = (/** @type {string} */ file, /** @type {string} */ reason) => found.lines.push(`${name}/${file} ${reason}`);
  const entries = await readdir(folder).catch((error) => {
    refuse(place, `cannot be read (${error.code}).`);
    return [];
  });
  for (const entry of entries.sort()) {
    const file = `${place}${entry}`;
    if (isHidden(entry)) found.hidden.push(file);
    if (isLeftOut(entry)) continue;
    const real = await realpath(path.join(folder, entry)).catch(() => undefined);
    if (!real) refuse(file, 'is a link to nothing; put the file itself in its place, or remove it.');
    else if (!isServedFrom(whole.home, real)) refuse(file, "is a link that leads out of the shop's files; put the file itself in its place.");
    else if (above.includes(real)) refuse(file, 'is a link to a folder that it is in itself; remove it.');
    else {
      const kind = await stat(real);
      if (kind.isDirectory()) await walk(whole, real, `${file}/`, [...above, real]);
      else if (kind.isFile()) found.files.push(file);
      else refuse(file, 'is neither a file nor a folder; remove it.');
    }
  }
}

/** @param {string} home @param {string} real @returns {boolean} whether it is in the folder, and not among what is left out */
function isServedFrom(home, real) {
  const names = path.relative(home, real).split(path.sep);
  return !path.isAbsolute(names.join(path.sep)) && !names.some((name) => name !== '' && isLeftOut(name));
}

/**
 * @param {string} shop
 * @param {string} file relative to it
 * @returns {Promise<Buffer>} what is in it
 */
export async function shopFile(shop, file) {
  try {
    return await readFile(path.join(shop, file));
  } catch (error) {
    throw new Failure(`${path.basename(shop)}/${file} cannot be read (${/** @type {NodeJS.ErrnoException} */ (error).code}).`);
  }
}

/** @param {string} shop @param {string} file relative to it @returns {Promise<string | undefined>} its text, unless there is no such file */
export async function shopText(shop, file) {
  const text = await shopFile(shop, file).catch((error) => {
    if (existsSync(path.join(shop, file))) throw error;
  });
  return text?.toString('utf8');
}
