import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inRoot } from '../../../scripts/paths.mjs';
import { run } from '../../../scripts/run.mjs';

/**
 * An empty project outside of this one, with the package installed from the tarball that would be published: nothing that
 * lies about in our own folders can be found from there. `files` are written into it.
 *
 * @param {import('node:test').TestContext | { after: (act: () => Promise<void>) => void }} t removes it when it ends
 * @param {Record<string, string>} [files]
 */
export async function newProject(t, files = {}) {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'compago-edge-package-')));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const tarball = await pack(folder);
  const add = (more) => Promise.all(Object.entries(more).map(([name, text]) => writeInto(path.join(folder, name), text)));
  await add({ 'package.json': JSON.stringify({ name: 'shop', private: true, type: 'module' }), ...files });
  await npm(['install', '--offline', '--no-package-lock', '--no-audit', '--no-fund', tarball], folder);
  return {
    folder,
    tarball,
    add,
    /** @param {...string} parts */
    file: (...parts) => path.join(folder, ...parts),
    /** Runs one of the project's files in Node. @param {...string} args */
    node: (...args) => run(process.execPath, args, { cwd: folder }),
  };
}

/** @param {string} destination @returns {Promise<string>} the tarball */
async function pack(destination) {
  const told = await npm(['pack', '--json', '--loglevel=error', '--pack-destination', destination], inRoot('pkg'));
  const [{ filename }] = JSON.parse(told.slice(told.indexOf('[')));
  return path.join(destination, filename);
}

/** @param {string[]} args @param {string} cwd */
function npm(args, cwd) {
  const script = process.env.npm_execpath;
  return script ? run(process.execPath, [script, ...args], { cwd }) : run('npm', args, { cwd });
}

/** @param {string} file @param {string} text */
async function writeInto(file, text) {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
}
