// compago-edge-worker init: writes a new shop into a folder and installs what it needs.

import { mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { unwritable } from '../../scripts/checkout.mjs';
import { Failure } from '../../scripts/failure.mjs';
import { filesBelow } from '../../scripts/mirror.mjs';
import { checkNode } from '../../scripts/node-version.mjs';
import { inRoot } from '../../scripts/paths.mjs';
import { manifest } from './manifest.js';
import { installIn, isPublished } from './npm-install.js';
import { keepTarballs, readTarballs, withTarballs } from './tarballs.js';

const template = inRoot('worker', 'npm', 'template');

/** The template's own name, which each file that has it says so: in quotes, alone or with that of an environment behind it. */
const NAME = 'my-shop';

/** What npm leaves out of a package, or takes for its own, under the name that it has in the template. */
const renamed = new Map([['gitignore', '.gitignore']]);

/** A label of a host name has 63 characters, and the demo's Worker gets an ending. */
const MOST = 63 - '-demo'.length;

/** What a folder may hold and still count as empty. */
const ignored = ['.git', '.DS_Store'];

/**
 * What init asks of npm.
 *
 * @typedef {object} Npm
 * @property {(folder: string) => Promise<boolean>} install returns whether the packages of its package.json are installed
 * @property {(spec: string) => Promise<boolean>} isPublished whether the registry has a package
 */

/**
 * @param {string} given the folder, as a person typed it
 * @param {string[]} [files] the tarballs of the packages, where they do not come from the registry
 * @param {Npm} [npm]
 */
export async function initShop(given, files = [], npm = { install: installIn, isPublished }) {
  checkNode();
  const folder = path.resolve(given);
  const name = nameFor(folder);
  await checkEmpty(folder, given);
  const tarballs = await readTarballs(files);
  const { name: own, version } = manifest;
  if (tarballs.size === 0 && !(await npm.isPublished(`${own}@^${version}`))) {
    throw new Failure(`npm's registry has no ${own} ${version}: it is not published yet. Nothing was written. Give the tarballs to the command as well, which keeps them in the folder:\n\n  ${withTarballs(quoted(given))}`);
  }
  const written = await write(folder, name, tarballs).catch((error) => {
    throw unwritable(error, `The folder ${given}`) ?? error;
  });
  console.log(`${given}: ${written} files written; installing what they need (npm install)`);
  const isInstalled = await npm.install(folder);
  const enter = path.relative('', folder) === '' ? [] : [`cd ${quoted(given)}`];
  if (!isInstalled) {
    throw new Failure(`npm could not install the packages; its message is above. The folder is complete but for them: when that is mended, type\n\n${commands([...enter, 'npm install', 'npm start'])}`);
  }
  console.log(`\nThe shop is ready. Next:\n\n${commands([...enter, 'npm start'])}\n\nThat runs it on this machine, without real money. README.md says how to make it yours and how to put it on the internet.`);
}

/**
 * @param {string} folder
 * @returns {string} the name of the project and of its Workers: that of the folder
 */
function nameFor(folder) {
  const name = path.basename(folder);
  const problem = problemOf(name);
  if (!problem) return name;
  const suggestion = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(0, MOST).replace(/^-+|-+$/g, '');
  const instead = suggestion && !problemOf(suggestion) ? suggestion : NAME;
  throw new Failure(`"${name}" cannot be the name of the shop's folder, which names its Worker on Cloudflare too: ${problem}. Take another, such as ${instead}.`);
}

/** @param {string} name @returns {string | undefined} why npm or Cloudflare would refuse it */
function problemOf(name) {
  if (!/^[a-z0-9-]*$/.test(name)) return 'it may have small letters without accents, digits and hyphens only';
  if (!/^[a-z0-9]/.test(name) || name.endsWith('-')) return 'it must begin and end with a letter or a digit';
  if (name.length > MOST) return `it has ${name.length} characters, and ${MOST} is the most`;
  const { name: own, dependencies } = manifest;
  return [own, ...Object.keys(dependencies)].includes(name) ? 'a package that the shop needs has that name' : undefined;
}

/** @param {string} folder @param {string} given */
async function checkEmpty(folder, given) {
  const there = await stat(folder).catch((error) => {
    if (error.code === 'ENOTDIR') throw new Failure(`${given} cannot be a folder: a part of it is a file.`);
    return undefined;
  });
  if (!there) return;
  if (!there.isDirectory()) throw new Failure(`${given} is a file: name a folder that is empty or not there yet.`);
  const [first] = (await readdir(folder)).filter((name) => !ignored.includes(name));
  if (first) throw new Failure(`The folder ${given} is not empty (it has ${first}): name one that is empty or not there yet.`);
}

/** @param {string} folder @param {string} name @param {Map<string, string>} tarballs @returns {Promise<number>} how many files it has written */
async function write(folder, name, tarballs) {
  const { name: own, version } = manifest;
  const dependencies = tarballs.size > 0 ? await keepTarballs(tarballs, folder) : { [own]: `^${version}` };
  const files = await filesBelow(template);
  for (const file of files) {
    const target = path.join(folder, renamed.get(file) ?? file);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, filledIn(file, await readFile(path.join(template, file)), { name, dependencies }));
  }
  return files.length + tarballs.size;
}

/** @param {string} file @param {Buffer} content @param {{ name: string, dependencies: Record<string, string> }} own @returns {string | Buffer} */
function filledIn(file, content, { name, dependencies }) {
  if (file !== 'package.json' && file !== 'wrangler.jsonc') return content;
  const text = content.toString('utf8').replaceAll(`"name": "${NAME}`, `"name": "${name}`);
  const lines = Object.entries(dependencies).map(([one, from]) => `"${one}": "${from}"`);
  return text.replace(new RegExp(`"${manifest.name}": "[^"]*"`), lines.join(', '));
}

/** @param {string[]} lines */
const commands = (lines) => lines.map((line) => `  ${line}`).join('\n');

/** @param {string} folder @returns {string} as shells take it for one word */
const quoted = (folder) => (/^[\w./\\:-]+$/.test(folder) ? folder : `"${folder}"`);
