import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { Failure } from './failure.mjs';
import { inRoot } from './paths.mjs';
import { filesIn } from './stamp.mjs';

/** @typedef {{ name: string, files: string[], bytes: number }} Budget files may be folders; bytes after gzip -9 */

/** Prints what was built beside each budget of budgets.json, and fails when one is exceeded. */
export async function checkSizes() {
  /** @type {Budget[]} */
  const budgets = JSON.parse(await readFile(inRoot('budgets.json'), 'utf8')).sizes;
  const exceeded = [];
  console.log('Sizes, gzip -9');
  for (const { name, files, bytes } of budgets) {
    const size = await compressedSize(files);
    const line = `${name}: ${kilobytes(size)} of ${kilobytes(bytes)}`;
    console.log(`  ${line}`);
    if (size > bytes) exceeded.push(line);
  }
  if (exceeded.length > 0) throw new Failure(`Over budget (budgets.json): ${exceeded.join('; ')}.`);
}

/** @param {string[]} entries @returns {Promise<number>} the sum over each file, compressed by itself */
async function compressedSize(entries) {
  let size = 0;
  for (const entry of entries) {
    const files = await filesIn(entry);
    if (files.length === 0) throw new Failure(`budgets.json names ${entry}, which was not built.`);
    for (const file of files) size += gzipSync(await readFile(inRoot(file)), { level: 9 }).length;
  }
  return size;
}

/** @param {number} bytes */
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
