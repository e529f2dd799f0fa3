import { cp, mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { inRoot, siteDir } from './paths.mjs';

/** What pages import from npm packages, as it is, each with its licence beside it. */
const vendor = [
  { from: 'uqr/dist/index.mjs', to: 'uqr.js' },
  { from: 'uqr/LICENSE', to: 'uqr.LICENSE.txt' },
];

/** The package as pages import it. What is for servers has no place on a site. */
const ofPages = [
  'index.js',
  'checks.js',
  'clients.js',
  'engine.js',
  'keys.js',
  'snapshot.js',
  'status.js',
  'elements-define.js',
  'wasm/browser.js',
  'wasm/browser.inline.js',
];

/** Assembles the static site: www/ as it is, the pages' part of the built package under /pkg/, and /vendor/. */
export async function buildSite() {
  const next = `${siteDir}.next`;
  await rm(next, { recursive: true, force: true });
  await mkdir(next, { recursive: true });
  await cp(inRoot('www'), next, { recursive: true });
  for (const file of ofPages) await cp(inRoot('pkg', 'dist', file), path.join(next, 'pkg', file));
  for (const { from, to } of vendor) await cp(inRoot('node_modules', from), path.join(next, 'vendor', to));
  await rm(siteDir, { recursive: true, force: true });
  await rename(next, siteDir);
}
