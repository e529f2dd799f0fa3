import { cp } from 'node:fs/promises';
import path from 'node:path';
import { checkCatalog } from './catalog.mjs';
import { fillPages, fragmentsDir } from './fill-pages.mjs';
import { inRoot, root } from './paths.mjs';
import { isHidden, unservedFiles } from './served.mjs';
import { siteOf } from './shop-folder.mjs';
import { catalogValues, shopValues } from './shop-values.mjs';
import { addVersion } from './versioned.mjs';

/** What pages import from npm packages, as it is, each with its licence beside it. */
const vendor = [
  { from: 'idb-keyval/dist/index.js', to: 'idb-keyval.js' },
  { from: 'idb-keyval/LICENCE', to: 'idb-keyval.LICENSE.txt' },
  { from: 'uqr/dist/index.mjs', to: 'uqr.js' },
  { from: 'uqr/LICENSE', to: 'uqr.LICENSE.txt' },
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
  inputs: () => [
    'www',
    path.relative(root, shop),
    ...ofPages.map((file) => `pkg/dist/${file}`),
    ...vendor.map(({ from }) => `node_modules/${from}`),
    // They check the merchant's files.
    'pkg/dist/wasm/server.js',
    'pkg/dist/compago.wasm',
    // Its version.
    'pkg/package.json',
    'node_modules/liquidjs/package.json',
    'scripts/build-site.mjs',
    'scripts/catalog.mjs',
    'scripts/fill-pages.mjs',
    'scripts/rules.mjs',
    'scripts/served.mjs',
    'scripts/shop-values.mjs',
    'scripts/versioned.mjs',
  ],
  output: path.relative(root, siteOf(shop)),
  build: async (next) => {
    await checkCatalog(shop);
    await assembleSite({ pages: inRoot('www'), shop }, next);
    const lines = await Promise.all([inRoot('www'), shop].map(unservedFiles));
    for (const line of lines.flat()) console.log(`  ${nameOf(shop)}: ${line}`);
  },
});

/** @param {string} shop @returns {string} the name of its part */
const nameOf = (shop) => path.basename(siteOf(shop));

/**
 * Assembles a site in an empty folder: the pages with the markup that they share, the merchant's files, the pages' part of the built
 * package under /pkg/ and in the folder of its version and content, and /vendor/.
 *
 * @param {{ pages: string, shop: string }} folders
 * @param {string} site
 */
export async function assembleSite({ pages, shop }, site) {
  const fragments = path.join(pages, fragmentsDir);
  await cp(pages, site, { recursive: true, filter: (file) => file === pages || !(isHidden(path.basename(file)) || file === fragments) });
  await cp(shop, site, { recursive: true, filter: (file) => file === shop || !isHidden(path.basename(file)) });
  for (const file of ofPages) await cp(inRoot('pkg', 'dist', file), path.join(site, 'pkg', file));
  await addVersion(site, ofPages);
  for (const { from, to } of vendor) await cp(inRoot('node_modules', from), path.join(site, 'vendor', to));
  await fillPages(pages, site, { shop: await shopValues(shop), catalog: await catalogValues(shop) });
}
