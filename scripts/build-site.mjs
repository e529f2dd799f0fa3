import { cp, mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { inRoot, siteDir } from './paths.mjs';

/** What pages import from npm packages, as it is, each with its licence beside it. */
const vendor = [
  { from: 'uqr/dist/index.mjs', to: 'uqr.js' },
  { from: 'uqr/LICENSE', to: 'uqr.LICENSE.txt' },
];

/** Assembles the static site: www/ as it is, the built package without its types under /pkg/, and /vendor/. */
export async function buildSite() {
  const next = `${siteDir}.next`;
  await rm(next, { recursive: true, force: true });
  await mkdir(next, { recursive: true });
  await cp(inRoot('www'), next, { recursive: true });
  const filter = (/** @type {string} */ file) => !file.endsWith('.d.ts');
  await cp(inRoot('pkg', 'dist'), path.join(next, 'pkg'), { recursive: true, filter });
  for (const { from, to } of vendor) await cp(inRoot('node_modules', from), path.join(next, 'vendor', to));
  await rm(siteDir, { recursive: true, force: true });
  await rename(next, siteDir);
}
