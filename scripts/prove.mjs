#!/usr/bin/env node
// npm run prove: whether the packages that contain compiled code come out the same, byte for byte, wherever they are built. The last commit is
// built in two clones whose paths, and whose paths to cargo's registry, have different lengths; every file and both tarballs are compared, and
// the tarballs' hashes are printed. It takes as long as two builds from nothing, so it is no part of `npm test`.

import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, readdir, realpath, rm, symlink } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { setup } from './build.mjs';
import { Failure, runMain } from './failure.mjs';
import { filesBelow } from './mirror.mjs';
import { inRoot, root, sandboxPackageDir, workerPackageDir } from './paths.mjs';
import { run, seconds } from './run.mjs';

/** The folders that are packed, relative to the root. */
const packages = [workerPackageDir, sandboxPackageDir].map((folder) => path.relative(root, folder));

/** Where the clones are, in a folder of their own. */
const places = ['one', 'the-other/with/a/longer/path'];

/** How many differing files are named. */
const SHOWN = 20;

async function main() {
  const since = performance.now();
  await setup();
  const commit = (await run('git', ['rev-parse', 'HEAD'], { cwd: root })).trim();
  if (await run('git', ['status', '--porcelain'], { cwd: root })) console.log('What is not committed is left out.');
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'compago-edge-prove-')));
  try {
    console.log(`Building ${commit} twice, below ${folder}`);
    const [one, other] = await Promise.all(places.map((place) => hashesOf(path.join(folder, place), commit)));
    const names = [...new Set([...one.keys(), ...other.keys()])].sort();
    const differing = names.filter((name) => one.get(name) !== other.get(name));
    if (differing.length > 0) {
      const shown = differing.slice(0, SHOWN).map((name) => `\n  ${name}: ${one.get(name) ?? 'missing'} and ${other.get(name) ?? 'missing'}`);
      throw new Failure(`${differing.length} of ${names.length} files differ:${shown.join('')}`);
    }
    console.log(`${names.length} files are the same, byte for byte. SHA-256 of the tarballs:`);
    for (const name of names.filter((one) => one.endsWith('.tgz'))) console.log(`  ${one.get(name)}  ${name}`);
    console.log(`Proved in ${seconds(since)}.`);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * Builds the packages in a clone and packs them.
 *
 * @param {string} clone
 * @param {string} commit
 * @returns {Promise<Map<string, string>>} the hash of each file of the packages and of each tarball, by its name
 */
async function hashesOf(clone, commit) {
  await mkdir(path.dirname(clone), { recursive: true });
  await run('git', ['clone', '--quiet', '--no-checkout', root, clone], { cwd: root });
  await run('git', ['checkout', '--quiet', '--detach', commit], { cwd: clone });
  // Compiling these tools takes minutes, and they are no part of what is built.
  await cp(inRoot('.tools', 'bin'), path.join(clone, '.tools', 'bin'), { recursive: true });
  const env = { CARGO_HOME: await cargoHome(`${clone}-cargo`), CARGO_TARGET_DIR: undefined, SHOP: undefined, INIT_CWD: undefined, npm_config_local_prefix: undefined };
  await run(process.execPath, [path.join(clone, 'scripts', 'build.mjs'), 'worker-package', 'sandbox-worker'], { cwd: clone, env });
  console.log(`  built in ${clone}`);
  /** @type {Map<string, string>} */
  const hashes = new Map();
  for (const name of packages) {
    const folder = path.join(clone, name);
    for (const file of await filesBelow(folder)) hashes.set(`${name}/${file}`, await hashOf(path.join(folder, file)));
    const output = await run('npm', ['pack', '--json', '--loglevel=error', '--pack-destination', clone], { cwd: folder, env });
    const [{ filename }] = JSON.parse(output.slice(output.indexOf('[')));
    hashes.set(filename, await hashOf(path.join(clone, filename)));
  }
  return hashes;
}

/** Makes another path to what cargo has downloaded. @param {string} folder @returns {Promise<string>} it */
async function cargoHome(folder) {
  const own = process.env.CARGO_HOME ?? path.join(homedir(), '.cargo');
  await mkdir(folder);
  for (const name of await readdir(own)) await symlink(path.join(own, name), path.join(folder, name));
  return folder;
}

/** @param {string} file */
const hashOf = async (file) => createHash('sha256').update(await readFile(file)).digest('hex');

await runMain(main);
