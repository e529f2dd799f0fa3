import { rmSync } from 'node:fs';
import { cp, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inRoot } from '../../../scripts/paths.mjs';
import { run } from '../../../scripts/run.mjs';

/** The installation that this process's projects are copies of: packing and installing once takes longer than all the copies. */
let installation;

/**
 * An empty project outside of this one, with the package installed from the tarball that would be published: nothing that
 * lies about in our own folders can be found from there. `files` are written into it.
 *
 * @param {import('node:test').TestContext | { after: (act: () => Promise<void>) => void }} t removes it when it ends
 * @param {Record<string, string>} [files]
 */
export async function newProject(t, files = {}) {
  const { tarball, modules } = await (installation ??= install());
  const folder = await newFolder();
  t.after(() => rm(folder, { recursive: true, force: true }));
  const add = (more) => Promise.all(Object.entries(more).map(([name, text]) => writeInto(path.join(folder, name), text)));
  await cp(modules, path.join(folder, 'node_modules'), { recursive: true });
  await add({ 'package.json': manifest, ...files });
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

const manifest = JSON.stringify({ name: 'shop', private: true, type: 'module' });

/** Packs the package and installs it from the tarball. */
async function install() {
  const folder = await newFolder();
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const output = await npm(['pack', '--json', '--loglevel=error', '--pack-destination', folder], inRoot('pkg'));
  const [{ filename }] = JSON.parse(output.slice(output.indexOf('[')));
  const tarball = path.join(folder, filename);
  await writeInto(path.join(folder, 'package.json'), manifest);
  await npm(['install', '--offline', '--no-package-lock', '--no-audit', '--no-fund', tarball], folder);
  return { tarball, modules: path.join(folder, 'node_modules') };
}

const newFolder = async () => realpath(await mkdtemp(path.join(tmpdir(), 'compago-edge-package-')));

/** @param {string[]} args @param {string} cwd */
export function npm(args, cwd) {
  const script = process.env.npm_execpath;
  return script ? run(process.execPath, [script, ...args], { cwd }) : run('npm', args, { cwd });
}

/** @param {string} file @param {string} text */
async function writeInto(file, text) {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
}
