import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { assembleSite } from '../../scripts/build-site.mjs';
import { inRoot, testShopDir } from '../../scripts/paths.mjs';
import { ownFile } from './own-file.mjs';

/** A copy of the site whose shop's file a test may change while a Worker serves it, which it notices within ten seconds. */
export const ownShop = () => ownFile('shop.json');

/** Changes the shop's file in a folder that no Worker serves yet. @param {string} folder @param {Record<string, unknown>} changes fields of the file */
export async function changeShop(folder, changes) {
  const file = path.join(folder, 'shop.json');
  await writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(file, 'utf8')), ...changes }));
}

/**
 * Builds the site of the tests' shop with changes in its file.
 *
 * @param {Record<string, unknown>} changes fields of the file
 * @param {string} folder where it is built
 * @returns {Promise<string>} the site
 */
export async function siteWith(changes, folder) {
  const [shop, site] = ['shop', 'site'].map((name) => path.join(folder, name));
  await cp(testShopDir, shop, { recursive: true });
  await changeShop(shop, changes);
  await assembleSite({ pages: inRoot('www'), shop }, site);
  return site;
}
