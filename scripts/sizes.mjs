import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { Failure } from './failure.mjs';
import { inRoot } from './paths.mjs';
import { filesIn } from './stamp.mjs';

/** @typedef {{ name: string, files: string[], bytes: number }} Budget */

/** Prints each budget of budgets.json beside what was built, and fails when one is exceeded. */
export async function checkSizes() {
  /** @type {Budget[]} */
  const budgets = JSON.parse(await readFile(inRoot('budgets.json'), 'utf8')).sizes;
  const exceeded = [];
  for (const { name, files, bytes } of budgets) {
    const built = (await Promise.all(files.map(filesIn))).flat();
    if (!files.every((file) => existsSync(inRoot(file)))) continue;
    const sizes = await Promise.all(built.map(async (file) => gzipSync(await readFile(inRoot(file)), { level: 9 }).length));
    const size = sizes.reduce((sum, length) => sum + length, 0);
    const line = `${name}: ${kilobytes(size)} of ${kilobytes(bytes)}`;
    console.log(`  size, gzip -9: ${line}`);
    if (size > bytes) exceeded.push(line);
  }
  if (exceeded.length > 0) throw new Failure(`Over budget (budgets.json): ${exceeded.join('; ')}.`);
}

/** @param {number} bytes */
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
