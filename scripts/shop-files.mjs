// The files of a shop's folder on the site that is built of it.

import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from './failure.mjs';
import { filesBelow } from './mirror.mjs';
import { shopFile, shopTree } from './shop-tree.mjs';
import { themeFile } from './theme.mjs';

/**
 * Copies them into a site that has the product's files. None may take the place of one of those, also not on a system that does not
 * distinguish capital letters.
 *
 * @param {string} shop
 * @param {string} site
 * @param {string[]} generated further names that the site will have
 */
export async function addShopFiles(shop, site, generated) {
  const places = new Map([...(await filesBelow(site)), ...generated, themeFile].flatMap((file) => placesOf(file).map((place, at) => [place, at === 0])));
  const { files } = await shopTree(shop);
  const lines = files.flatMap((file) => {
    const [own, ...folders] = placesOf(file);
    const isTaken = (places.has(own) && file !== themeFile) || folders.some((folder) => places.get(folder));
    return isTaken ? [`${path.basename(shop)}/${file}: the product has a file or folder of that name; rename yours.`] : [];
  });
  if (lines.length > 0) throw new Failure(lines.join('\n'));
  for (const file of files) {
    const target = path.join(site, file);
    await mkdir(path.dirname(target), { recursive: true });
    // As new files, which the build may change: the merchant's may be links, or read-only.
    await writeFile(target, await shopFile(shop, file));
  }
}

/** @param {string} file @returns {string[]} it and the folders that it is in, in small letters */
function placesOf(file) {
  const names = file.toLowerCase().split('/');
  return names.map((_, at) => names.slice(0, names.length - at).join('/'));
}
