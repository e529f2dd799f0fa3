import { cp, mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { inRoot, siteDir } from './paths.mjs';

/** Assembles the static site: www/ as it is, and the built package without its types under /pkg/. */
export async function buildSite() {
  const next = `${siteDir}.next`;
  await rm(next, { recursive: true, force: true });
  await mkdir(next, { recursive: true });
  await cp(inRoot('www'), next, { recursive: true });
  const filter = (/** @type {string} */ file) => !file.endsWith('.d.ts');
  await cp(inRoot('pkg', 'dist'), path.join(next, 'pkg'), { recursive: true, filter });
  await rm(siteDir, { recursive: true, force: true });
  await rename(next, siteDir);
}
