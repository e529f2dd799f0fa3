import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root folder of the product, absolute: the repository, or the npm package compago-edge-worker, which has the same files at the same places. */
export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

/** @param {...string} parts @returns {string} an absolute path inside the product */
export const inRoot = (...parts) => path.resolve(root, ...parts);

/** Whether this is the npm package: it has no Rust, and what is made of Rust is there. */
export const isPackage = !existsSync(inRoot('Cargo.toml'));

/**
 * The folder whose shop is meant and where the commands write, absolute: the repository, or with the npm package the folder in which its
 * command was typed, or the nearest one above with a package.json.
 */
export const project = isPackage ? projectAt(process.cwd()) : root;

/** @param {...string} parts @returns {string} an absolute path inside the project */
export const inProject = (...parts) => path.resolve(project, ...parts);

/** @param {string} name of a page in docs/ @returns {string} where a person finds it: the package has none of them */
export const documentAt = (name) => (isPackage ? `https://github.com/compago-edge/compago-edge/blob/main/docs/${name}` : `docs/${name}`);

/** @param {string} file @returns {string} as a person in the project's folder would type it */
export function shortPath(file) {
  const relative = path.relative(project, file) || '.';
  return relative.startsWith('..') ? file : relative;
}

/** @param {string} name @returns {string} a tool that setup built into the project */
export const toolPath = (name) => inRoot('.tools', 'bin', withExe(name));

/** Cargo's output folder; developers may point it elsewhere. */
export const targetDir = path.resolve(root, process.env.CARGO_TARGET_DIR ?? 'target');

/** The sandbox as the build leaves it: cargo's own copy changes with each `cargo test`. */
export const sandboxDir = inRoot('.build', 'sandbox');
export const sandboxName = withExe('compago-sandbox');
export const sandboxPath = path.join(sandboxDir, sandboxName);

/** The sandbox's npm package: what is packed and published. */
export const sandboxPackageDir = inRoot('.build', 'sandbox-package');

/** The Worker's npm package: what is packed and published. */
export const workerPackageDir = inRoot('.build', 'worker-package');

/** The merchant's files, and those of the shop that tests use. */
export const shopDir = inProject('shop');
export const testShopDir = inRoot('tests', 'shop');

/** The assembled static sites of both. */
export const siteDir = inProject('.build', 'site');
export const testSiteDir = inProject('.build', 'test-site');

/** Where the build remembers what it has done, and where its parts are made before they take their place. */
export const stampDir = inProject('.build', 'stamps');
export const nextDir = inProject('.build', 'next');

/** What bare workerd runs. */
export const workerConfig = inRoot('worker', 'workerd.capnp');

/** @returns {string} workerd's own executable, not npm's wrapper: signals must reach it. */
export function workerdPath() {
  return createRequire(inRoot('package.json'))('workerd').default;
}

/** @returns {string} esbuild's own executable for this machine */
export function esbuildPath() {
  const packageName = `@esbuild/${process.platform}-${process.arch}`;
  const binary = process.platform === 'win32' ? 'esbuild.exe' : path.join('bin', 'esbuild');
  return inRoot('node_modules', packageName, binary);
}

/**
 * Finds what an npm package that the product depends on holds. The repository has its own; in a project npm puts them beside the product,
 * or inside it where another version is there.
 *
 * @param {string} name of the package
 * @param {...string} parts the path inside it
 * @returns {string} absolute
 */
export function inPackage(name, ...parts) {
  const folders = isPackage ? (createRequire(inRoot('package.json')).resolve.paths(name) ?? []) : [];
  const folder = folders.find((one) => existsSync(path.join(one, name, 'package.json'))) ?? inRoot('node_modules');
  return path.join(folder, name, ...parts);
}

/** @param {string} name @returns {string} a command of an npm package */
export const npmBin = (name) => inRoot('node_modules', '.bin', process.platform === 'win32' ? `${name}.cmd` : name);

/**
 * The exact version Cargo.lock holds, so that a tool and the library it belongs to cannot drift apart.
 *
 * @param {string} crate
 * @returns {string}
 */
export function lockedVersion(crate) {
  const lock = readFileSync(inRoot('Cargo.lock'), 'utf8');
  const version = lock.match(new RegExp(`name = "${crate}"\\r?\\nversion = "([^"]+)"`))?.[1];
  if (!version) throw new Error(`Cargo.lock names no ${crate}`);
  return version;
}

/** @returns {string} the compiler's version, from rust-toolchain.toml */
export function toolchain() {
  const channel = readFileSync(inRoot('rust-toolchain.toml'), 'utf8').match(/channel = "([^"]+)"/)?.[1];
  if (!channel) throw new Error('rust-toolchain.toml names no channel');
  return channel;
}

/**
 * Where a command is found on PATH.
 *
 * @param {string[]} names in order of preference
 * @returns {string | undefined}
 */
export function onPath(...names) {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => path.join(folder, withExe(name)))).find(existsSync);
}

/** @param {string} folder @returns {string} */
function projectAt(folder) {
  for (let at = folder; ; at = path.dirname(at)) {
    if (existsSync(path.join(at, 'package.json'))) return at;
    if (at === path.dirname(at)) return folder;
  }
}

/** @param {string} name */
function withExe(name) {
  return process.platform === 'win32' ? `${name}.exe` : name;
}
