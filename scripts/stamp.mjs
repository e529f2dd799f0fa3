import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { inRoot, stampDir } from './paths.mjs';
import { seconds } from './run.mjs';

/** What every Rust build depends on besides its own folders: versions of crates, compiler and tools. */
export const rustInputs = ['.cargo/config.toml', 'Cargo.toml', 'Cargo.lock', 'rust-toolchain.toml', 'package-lock.json'];

/**
 * Runs one part of the build unless its inputs are those of the last run and its outputs still stand.
 *
 * @param {{ name: string, inputs: string[], outputs: string[], build: () => Promise<void> }} part
 *   inputs: files and folders relative to the root; outputs: absolute paths
 */
export async function buildPart({ name, inputs, outputs, build }) {
  const stampFile = path.join(stampDir, name);
  const stamp = await fingerprint(inputs, outputs);
  const last = await readFile(stampFile, 'utf8').catch(() => undefined);
  if (last === stamp && outputs.every(existsSync)) return;
  const since = performance.now();
  console.log(`  ${name}: building`);
  await rm(stampFile, { force: true });
  await build();
  await mkdir(stampDir, { recursive: true });
  await writeFile(stampFile, stamp);
  console.log(`  ${name}: done in ${seconds(since)}`);
}

/**
 * @param {string} entry a file or folder relative to the root
 * @returns {Promise<string[]>} the files in it, relative to the root, sorted
 */
export async function filesIn(entry) {
  const children = await readdir(inRoot(entry), { withFileTypes: true }).catch(() => undefined);
  if (!children) return existsSync(inRoot(entry)) ? [entry] : [];
  const files = await Promise.all(children.map((child) => filesIn(path.join(entry, child.name))));
  return files.flat().sort();
}

/** @param {string[]} inputs @param {string[]} outputs @returns {Promise<string>} */
async function fingerprint(inputs, outputs) {
  const hash = createHash('sha256').update(outputs.join('\n'));
  for (const file of (await Promise.all(inputs.map(filesIn))).flat()) {
    hash.update(`\n${file}\n`).update(await readFile(inRoot(file)));
  }
  return hash.digest('hex');
}
