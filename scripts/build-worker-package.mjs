import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ofPackage } from './build-site.mjs';
import { inRoot, root, workerPackageDir } from './paths.mjs';
import { filesIn } from './stamp.mjs';

/** What is written for the package alone. */
const own = 'worker/npm';

/** Of those, what the tarball has at its root; the others keep their place. */
const atRoot = ['package.json', 'README.md'];

/** The command: it runs what it imports. */
const command = `${own}/bin.js`;

/** What the commands read beside their modules. */
const read = ['worker/build', 'worker/workerd.capnp', 'www', 'schemas', ...ofPackage, 'LICENSE-MIT', 'LICENSE-APACHE'];

/** Of this one, only what is read: what else it says holds at the root of a package alone. */
const ofPages = 'pkg/package.json';

/**
 * The npm package of the Worker: what is packed and published. It is the repository without Rust: the same files at the same places, and
 * of the scripts those that its command uses.
 *
 * @type {import('./stamp.mjs').Part}
 */
export const workerPackagePart = {
  name: 'worker-package',
  needsRust: false,
  needs: ['package', 'worker'],
  inputs: () => [...read, own, 'scripts', 'package-lock.json'],
  output: path.relative(root, workerPackageDir),
  build: async (next) => {
    const files = (await Promise.all([...read, `${own}/template`].map(filesIn))).flat();
    for (const file of new Set([...files, ...(await modulesOf(command))])) await copyInto(next, file, file);
    for (const name of atRoot) await copyInto(next, `${own}/${name}`, name);
    const { name, version, type } = JSON.parse(await readFile(inRoot(ofPages), 'utf8'));
    await writeFile(path.join(next, ofPages), `${JSON.stringify({ name, version, type, private: true }, null, 2)}\n`);
  },
};

/** @param {string} folder @param {string} from relative to the root @param {string} to relative to the folder */
async function copyInto(folder, from, to) {
  const target = path.join(folder, to);
  await mkdir(path.dirname(target), { recursive: true });
  await copyFile(inRoot(from), target);
}

/**
 * @param {string} entry relative to the root
 * @returns {Promise<string[]>} it and all modules of the project that it imports, also later, relative to the root
 */
async function modulesOf(entry) {
  // It needs a package, which `npm ci` may only just have installed.
  const { build } = await import('esbuild');
  const options = { bundle: true, metafile: true, write: false, packages: 'external', platform: 'node', format: 'esm' };
  const { metafile } = await build({ ...options, absWorkingDir: root, entryPoints: [entry], outdir: '.build', logLevel: 'warning' });
  return Object.keys(metafile.inputs);
}
