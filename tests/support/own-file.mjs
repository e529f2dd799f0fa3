import { cp, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { testSiteDir } from '../../scripts/paths.mjs';

/** A copy of the site of which a test may change one file while a Worker serves it. @param {string} name of the file */
export async function ownFile(name) {
  const folder = await mkdtemp(path.join(tmpdir(), 'compago-edge-site-'));
  const site = path.join(folder, 'site');
  await cp(testSiteDir, site, { recursive: true });
  const file = path.join(site, name);
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
    /** What it held at first, with a change. @param {(content: any) => void} change @returns {string} */
    changed: (change) => {
      const content = JSON.parse(good);
      change(content);
      return JSON.stringify(content);
    },
    removeFile: () => rm(file),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
