import { cp, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { testSiteDir } from '../../scripts/paths.mjs';

/** A copy of the site whose catalog a test may change while a Worker serves it. */
export async function ownCatalog() {
  const folder = await mkdtemp(path.join(tmpdir(), 'compago-edge-site-'));
  const site = path.join(folder, 'site');
  await cp(testSiteDir, site, { recursive: true });
  const file = path.join(site, 'catalog.json');
  const good = await readFile(file, 'utf8');
  // Two files of one length that are written within a second have one entity tag.
  let time = 2_000_000_000;
  const write = async (/** @type {string} */ text) => {
    await writeFile(file, text);
    time += 1;
    await utimes(file, time, time);
  };
  return {
    site,
    /** What the file held at first. */
    good,
    /** @param {string} text what the file holds from now on */
    write,
    restore: () => write(good),
    /** The first catalog with a change. @param {(items: any[]) => void} change @returns {string} */
    changed: (change) => {
      const catalog = JSON.parse(good);
      change(catalog.items);
      return JSON.stringify(catalog);
    },
    removeFile: () => rm(file),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
