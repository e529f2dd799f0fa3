// Which shop a command is about: a folder of a merchant's files, and the site that is built of it.

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { partsOf, typedOf, valueOf } from './command-line.mjs';
import { Failure } from './failure.mjs';
import { documentAt, inProject, isPackage, project, shopDir, shortPath, siteDir, stampDir, testShopDir, testSiteDir } from './paths.mjs';

/** How many hexadecimal digits of the hash over its path the name of a further shop's site has. */
const DIGITS = 8;

/** The sites of further shops, each with a file beside it that says where its shop is. */
const sitesDir = inProject('.build', 'sites');
const OF_SHOP = '.shop';

/**
 * Takes `--shop <folder>` out of a command line.
 *
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env whose `SHOP` it goes before
 * @returns {{ shop: string, rest: string[] }} the folder, absolute, and the other arguments
 */
export function takeShop(args, env) {
  const parts = partsOf(args);
  return { shop: shopFolder(valueOf(parts, 'shop') ?? env.SHOP), rest: typedOf(parts, 'shop') };
}

/**
 * @param {string} [given] as a person typed it, relative to where the command was typed; none is the folder `shop`
 * @returns {string} absolute
 */
export function shopFolder(given) {
  if (!given) {
    if (isPackage && !existsSync(shopDir)) throw new Failure('There is no folder shop/ here: type this in the folder of your shop, which `compago-edge-worker init` writes.');
    return shopDir;
  }
  const folder = path.resolve(process.env.INIT_CWD ?? process.cwd(), given);
  if (!existsSync(path.join(folder, 'shop.json'))) {
    throw new Failure(`${shortPath(folder)} is no folder of a shop: it has no shop.json (${documentAt('shop.md')}).`);
  }
  return folder;
}

/**
 * @param {string} shop
 * @returns {string} the folder of the site that is built of it: shops of one checkout do not take each other's
 */
export function siteOf(shop) {
  if (shop === shopDir) return siteDir;
  if (shop === testShopDir) return testSiteDir;
  const digits = createHash('sha256').update(path.relative(project, shop)).digest('hex').slice(0, DIGITS);
  return path.join(sitesDir, `${path.basename(shop)}-${digits}`);
}

/**
 * Notes where the shop of a site is, and removes the sites of further shops whose folders are gone.
 *
 * @param {string} shop
 */
export async function keepSite(shop) {
  const site = siteOf(shop);
  if (path.dirname(site) !== sitesDir) return;
  await mkdir(sitesDir, { recursive: true });
  await writeFile(`${site}${OF_SHOP}`, path.relative(project, shop));
  for (const file of (await readdir(sitesDir)).filter((name) => name.endsWith(OF_SHOP))) {
    const name = file.slice(0, -OF_SHOP.length);
    if (existsSync(path.resolve(project, await readFile(path.join(sitesDir, file), 'utf8')))) continue;
    for (const left of [path.join(sitesDir, name), path.join(stampDir, name), path.join(sitesDir, file)]) await rm(left, { recursive: true, force: true });
  }
}
