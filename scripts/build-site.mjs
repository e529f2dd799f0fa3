import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { checkShop } from './check-shop.mjs';
import { fillPages, fragmentsDir, templates } from './fill-pages.mjs';
import { filesBelow } from './mirror.mjs';
import { inPackage, inRoot, root } from './paths.mjs';
import { isLeftOut, unservedFiles } from './served.mjs';
import { addShopFiles } from './shop-files.mjs';
import { keepSite, siteOf } from './shop-folder.mjs';
import { shopTree } from './shop-tree.mjs';
import { siteValues } from './shop-values.mjs';
import { LISTED } from './structured-data.mjs';
import { themeFile, themeOf, themeSheet } from './theme.mjs';
import { addVersion } from './versioned.mjs';

/** What pages import from npm packages, as it is, each with its licence beside it. */
const vendor = [
  { from: inPackage('idb-keyval', 'dist', 'index.js'), to: 'idb-keyval.js' },
  { from: inPackage('idb-keyval', 'LICENCE'), to: 'idb-keyval.LICENSE.txt' },
  { from: inPackage('uqr', 'dist', 'index.mjs'), to: 'uqr.js' },
  { from: inPackage('uqr', 'LICENSE'), to: 'uqr.LICENSE.txt' },
];

/** The package as pages import it. What is for servers has no place on a site. */
const ofPages = [
  'index.js',
  'checks.js',
  'body-checks.js',
  'clients.js',
  'earlier-order.js',
  'engine.js',
  'keys.js',
  'misuse.js',
  'send-once.js',
  'snapshot.js',
  'status.js',
  'visible-state.js',
  'visible-text.js',
  'waits.js',
  'elements-define.js',
  'elements.css',
  'wasm/browser.js',
  'wasm/browser.inline.js',
];

/** The files that it reads of the package compago-edge, relative to the root. */
export const ofPackage = [
  ...ofPages.map((file) => `pkg/dist/${file}`),
  // They check the merchant's files.
  'pkg/dist/wasm/server.js',
  'pkg/dist/compago.wasm',
  // Its version.
  'pkg/package.json',
];

/**
 * The static site of a shop.
 *
 * @param {string} shop the folder of the merchant's files
 * @returns {import('./stamp.mjs').Part}
 */
export const sitePart = (shop) => ({
  name: nameOf(shop),
  needsRust: false,
  needs: ['package'],
  inputs: async () => [
    'www',
    ...(await shopTree(shop)).files.map((file) => path.join(path.relative(root, shop), file)),
    ...[...vendor.map(({ from }) => from), inPackage('liquidjs', 'package.json')].map((file) => path.relative(root, file)),
    ...ofPackage,
    'scripts/build-site.mjs',
    'scripts/check-shop.mjs',
    'scripts/fill-pages.mjs',
    'scripts/rules.mjs',
    'scripts/served.mjs',
    'scripts/shop-files.mjs',
    'scripts/shop-tree.mjs',
    'scripts/shop-values.mjs',
    'scripts/structured-data.mjs',
    'scripts/theme.mjs',
    'scripts/versioned.mjs',
  ],
  output: path.relative(root, siteOf(shop)),
  build: async (next) => {
    await checkShop(shop);
    await keepSite(shop);
    const { home } = await assembleSite({ pages: inRoot('www'), shop }, next);
    const { files, hidden } = await shopTree(shop);
    const lines = await Promise.all([unservedFiles(inRoot('www')), unservedFiles(shop, [...hidden, ...files])]);
    if (!home.image) lines.push([`a link to the shop in a chat shows no picture until shop.json or catalog.json names a PNG or JPEG in img/.`]);
    for (const line of lines.flat()) console.log(`  ${nameOf(shop)}: ${line}`);
  },
});

/** @param {string} shop @returns {string} the name of its part */
const nameOf = (shop) => path.basename(siteOf(shop));

/**
 * Assembles a site in an empty folder: the pages with the markup that they share, the merchant's files, a page for each item, the
 * style sheet with the shop's colours, the pages' part of the built package under /pkg/ and in the folder of its version and content,
 * and /vendor/.
 *
 * @param {{ pages: string, shop: string }} folders
 * @param {string} site
 * @returns {Promise<Awaited<ReturnType<typeof siteValues>>>} the values of the pages
 */
export async function assembleSite({ pages, shop }, site) {
  const fragments = path.join(pages, fragmentsDir);
  await cp(pages, site, { recursive: true, filter: (file) => file === pages || !(isLeftOut(path.basename(file)) || file === fragments) });
  for (const file of ofPages) await cp(inRoot('pkg', 'dist', file), path.join(site, 'pkg', file));
  await addVersion(site, ofPages);
  for (const { from, to } of vendor) await cp(from, path.join(site, 'vendor', to));
  const ofProduct = new Set(await filesBelow(site));
  const [values, theme] = await Promise.all([siteValues(shop), themeOf(shop)]);
  const { items } = values.catalog;
  const list = items.length > LISTED ? [productList] : [];
  await addShopFiles(shop, site, [...items.map((item) => item.path.slice(1)), ...list]);
  await writeFile(path.join(site, themeFile), await themeSheet(theme, shop));
  const render = await templates(pages, site, { ...values, theme });
  await fillPages(site, render, (name) => `${path.basename(ofProduct.has(name) ? pages : shop)}/${name}`);
  await addProductPages(items, render, { fragments, site });
  for (const file of list) await writeFile(path.join(site, file), await renderFragment('products.html', { path: '/productos/' }, render, fragments));
  return values;
}

/** The list of all items of a shop that has more than its first page shows without scripts. */
const productList = 'productos/index.html';

/**
 * @param {import('./shop-values.mjs').ItemValues[]} items
 * @param {Awaited<ReturnType<typeof templates>>} render
 * @param {{ fragments: string, site: string }} folders
 */
async function addProductPages(items, render, { fragments, site }) {
  await mkdir(path.join(site, 'productos'), { recursive: true });
  for (const item of items) await writeFile(path.join(site, item.path), await renderFragment('product.html', { item, path: item.path }, render, fragments));
}

/**
 * @param {string} name
 * @param {Record<string, unknown>} values
 * @param {Awaited<ReturnType<typeof templates>>} render
 * @param {string} fragments
 */
const renderFragment = async (name, values, render, fragments) => render(await readFile(path.join(fragments, name), 'utf8'), values, `www/fragments/${name}`);
