import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ofPackage } from './build-site.mjs';
import { copyInto, modulesOf } from './package-files.mjs';
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
    for (const file of new Set([...files, ...(await modulesOf(command))])) await copyInto(next, file);
    for (const name of atRoot) await copyInto(next, `${own}/${name}`, name);
    const { name, version, type } = JSON.parse(await readFile(inRoot(ofPages), 'utf8'));
    await writeFile(path.join(next, ofPages), `${JSON.stringify({ name, version, type, private: true }, null, 2)}\n`);
  },
};
