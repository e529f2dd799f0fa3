import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { filesBelow, moveInto, removeStrays } from './mirror.mjs';
import { inRoot, nextDir, stampDir } from './paths.mjs';
import { seconds } from './run.mjs';

/** What every Rust build depends on besides its own folders: versions of crates, compiler and tools. */
export const rustInputs = ['.cargo/config.toml', 'Cargo.toml', 'Cargo.lock', 'rust-toolchain.toml', 'package-lock.json'];

/**
 * One part of the build.
 *
 * @typedef {object} Part
 * @property {string} name
 * @property {boolean} needsRust
 * @property {string[]} [needs] the names of the parts that its inputs come from
 * @property {() => string[] | Promise<string[]>} inputs files and folders, relative to the root
 * @property {string} output the folder that holds what is built and nothing else, relative to the root
 * @property {(next: string) => Promise<void>} build fills an empty folder with what is built
 * @property {Record<string, string>} [copies] files of the project that have to lie elsewhere too, by where that is
 *
 * What the last run began with and what it left, by path relative to the output folder: a checkout may be moved.
 * @typedef {{ inputs: string, outputs: Record<string, string> }} Stamp
 */

/** @param {Part} part @returns {Promise<boolean>} whether exactly what was built from these inputs is there */
export async function isCurrent(part) {
  const stamp = await readStamp(part);
  if (!stamp || stamp.inputs !== (await fingerprint(part))) return false;
  return (await differingCopies(part)).length === 0 && sameEntries(await outputsOf(part), stamp.outputs);
}

/**
 * Builds a part beside its output and then changes there what differs, so that programs which read from it go on. What does not belong
 * there is removed.
 *
 * @param {Part} part
 */
export async function buildPart(part) {
  for (const [to, from] of await differingCopies(part)) await copyFile(inRoot(from), inRoot(to));
  const inputs = await fingerprint(part);
  if (await removeOnlyStrays(part, inputs)) return;
  const since = performance.now();
  console.log(`  ${part.name}: building`);
  const next = path.join(nextDir, `${part.name}-${process.pid}`);
  const stampFile = path.join(stampDir, part.name);
  await mkdir(next, { recursive: true });
  await part.build(next);
  // From here on the output is neither the last one nor the next.
  await rm(stampFile, { force: true });
  await moveInto(next, inRoot(part.output));
  await rm(next, { recursive: true, force: true });
  await mkdir(stampDir, { recursive: true });
  await writeFile(stampFile, JSON.stringify({ inputs, outputs: await outputsOf(part) }));
  console.log(`  ${part.name}: done in ${seconds(since)}`);
}

/**
 * @param {string} entry a file or folder relative to the root
 * @returns {Promise<string[]>} the files in it, relative to the root, sorted
 */
export async function filesIn(entry) {
  const children = await readdir(inRoot(entry), { withFileTypes: true }).catch(() => undefined);
  if (!children) return existsSync(inRoot(entry)) ? [entry] : [];
  const files = await Promise.all(children.map((child) => filesIn(path.posix.join(entry, child.name))));
  return files.flat().sort();
}

/** @param {Part} part @param {string} inputs @returns {Promise<boolean>} whether the output was whole, but for what does not belong there */
async function removeOnlyStrays(part, inputs) {
  const stamp = await readStamp(part);
  if (stamp?.inputs !== inputs) return false;
  const there = await outputsOf(part);
  if (Object.entries(stamp.outputs).some(([file, hash]) => there[file] !== hash)) return false;
  await removeStrays(inRoot(part.output), Object.keys(stamp.outputs));
  return true;
}

/** @param {Part} part @returns {Promise<[string, string][]>} the copies that are missing or not like the file they are of */
async function differingCopies({ copies = {} }) {
  const read = (/** @type {string} */ file) => readFile(inRoot(file), 'latin1').catch(() => undefined);
  const pairs = await Promise.all(Object.entries(copies).map(async ([to, from]) => ({ to, from, isSame: (await read(to)) === (await read(from)) })));
  return pairs.filter(({ isSame }) => !isSame).map(({ to, from }) => [to, from]);
}

/** @param {Part} part @returns {Promise<Stamp | undefined>} */
async function readStamp({ name }) {
  try {
    return JSON.parse(await readFile(path.join(stampDir, name), 'utf8'));
  } catch {
    return undefined;
  }
}

/** @param {string} file one that was just listed: another command, or an editor, may have taken it away since @returns {Promise<string | Buffer>} */
const contentOf = (file) =>
  readFile(file).catch((error) => {
    if (error.code === 'ENOENT') return 'not there';
    throw error;
  });

/** @param {Part} part @returns {Promise<string>} */
async function fingerprint({ inputs, output }) {
  const hash = createHash('sha256').update(output);
  for (const file of (await Promise.all((await inputs()).map(filesIn))).flat()) {
    hash.update(`\n${file}\n`).update(await contentOf(inRoot(file)));
  }
  return hash.digest('hex');
}

/** @param {Part} part @returns {Promise<Record<string, string>>} the hash of each file of its output */
async function outputsOf({ output }) {
  const files = await filesBelow(inRoot(output));
  const hash = async (/** @type {string} */ file) => createHash('sha256').update(await contentOf(inRoot(output, file))).digest('hex');
  return Object.fromEntries(await Promise.all(files.map(async (file) => [file, await hash(file)])));
}

/** @param {Record<string, string>} one @param {Record<string, string>} other */
function sameEntries(one, other) {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}
