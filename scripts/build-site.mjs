import { cp } from 'node:fs/promises';
import path from 'node:path';
import { checkCatalog } from './catalog.mjs';
import { fillPages, fragmentsDir } from './fill-pages.mjs';
import { inRoot, root, siteDir } from './paths.mjs';
import { isHidden, unservedFiles } from './served.mjs';
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

/** The static site. @type {import('./stamp.mjs').Part} */
export const sitePart = {
  name: 'site',
  needsRust: false,
  needs: ['package'],
  inputs: () => [
    'www',
    ...ofPages.map((file) => `pkg/dist/${file}`),
    ...vendor.map(({ from }) => `node_modules/${from}`),
    // They check the catalog.
    'pkg/dist/wasm/server.js',
    'pkg/dist/compago.wasm',
    // Its version.
    'pkg/package.json',
    'scripts/build-site.mjs',
    'scripts/catalog.mjs',
    'scripts/fill-pages.mjs',
    'scripts/rules.mjs',
    'scripts/served.mjs',
    'scripts/versioned.mjs',
  ],
  output: path.relative(root, siteDir),
  build: async (next) => {
    await checkCatalog(inRoot('www'));
    await assembleSite(inRoot('www'), next);
    for (const line of await unservedFiles(inRoot('www'))) console.log(`  site: ${line}`);
  },
};

/**
 * Assembles a site in an empty folder: the pages with the markup that they share, the pages' part of the built package under /pkg/ and
 * in the folder of its version and content, and /vendor/.
 *
 * @param {string} pages
 * @param {string} site
 */
export async function assembleSite(pages, site) {
  const isServed = (/** @type {string} */ file) => file === pages || !(isHidden(path.basename(file)) || file === path.join(pages, fragmentsDir));
  await cp(pages, site, { recursive: true, filter: isServed });
  for (const file of ofPages) await cp(inRoot('pkg', 'dist', file), path.join(site, 'pkg', file));
  await addVersion(site, ofPages);
  for (const { from, to } of vendor) await cp(inRoot('node_modules', from), path.join(site, 'vendor', to));
  await fillPages(pages, site);
}
