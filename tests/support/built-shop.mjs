import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { assembleSite } from '../../scripts/build-site.mjs';
import { checkShop } from '../../scripts/check-shop.mjs';
import { inRoot, testShopDir } from '../../scripts/paths.mjs';

/**
 * Builds the site of the tests' shop with other facts and files, which may have no mistake.
 *
 * @param {{ shop?: object, items?: object[], files?: Record<string, string | Uint8Array> }} [changes] shop: fields of shop.json, items: those
 *   of catalog.json, files: further ones by path
 * @returns {Promise<{ site: string, read: (name: string) => Promise<string>, remove: () => Promise<void> }>}
 */
export async function builtShop({ shop = {}, items, files = {} } = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), 'compago-edge-shop-'));
  const [own, site] = ['shop', 'site'].map((name) => path.join(folder, name));
  const remove = () => rm(folder, { recursive: true, force: true });
  const edit = async (/** @type {string} */ name, /** @type {object} */ change) => {
    const file = path.join(own, name);
    await writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(file, 'utf8')), ...change }));
  };
  try {
    await cp(testShopDir, own, { recursive: true });
    await edit('shop.json', shop);
    if (items) await edit('catalog.json', { items });
    for (const [name, content] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(own, name)), { recursive: true });
      await writeFile(path.join(own, name), content);
    }
    await checkShop(own);
    await mkdir(site);
    await assembleSite({ pages: inRoot('www'), shop: own }, site);
  } catch (error) {
    await remove();
    throw error;
  }
  return { site, read: (name) => readFile(path.join(site, name), 'utf8'), remove };
}
