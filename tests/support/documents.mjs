import { readFile, readdir } from 'node:fs/promises';
import { inRoot } from '../../scripts/paths.mjs';

/** A block of code in a document. @typedef {{ document: string, language: string, code: string, file: string | undefined }} Block */

/** What people read on GitHub before they run anything. @returns {Promise<string[]>} */
export async function documentNames() {
  const docs = (await readdir(inRoot('docs'))).filter((name) => name.endsWith('.md'));
  return ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'ARCHITECTURE.md', ...docs.map((name) => `docs/${name}`)];
}

/** @param {string} document @returns {Promise<Block[]>} file: where the block says that it belongs */
export async function blocksOf(document) {
  const text = await readFile(inRoot(document), 'utf8');
  return [...text.matchAll(/^( *)```(\w+)\n(.*?)^ *```$/gms)].map(([, indent, language, body]) => {
    const code = body.replaceAll(new RegExp(`^${indent}`, 'gm'), '');
    const file = /^(?:<!--|\/\/|\/\*|#) ([\w./-]+\.\w+)(?: -->| \*\/)?\n/.exec(code)?.[1];
    return { document, language, code, file };
  });
}

/** @param {string} document @returns {Promise<Record<string, string>>} the text of each file that it shows, by its path */
export async function filesOf(document) {
  const blocks = await blocksOf(document);
  return Object.fromEntries(blocks.flatMap(({ file, code }) => (file ? [[file, code]] : [])));
}

/** @param {string} command @returns {string[]} its words, as a shell separates them */
export const wordsOf = (command) => [...command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, double, single, plain]) => double ?? single ?? plain);

/** @param {string} document @returns {Promise<string[]>} the commands of its shell blocks, each on one line, without comments */
export async function commandsOf(document) {
  const shell = (await blocksOf(document)).filter(({ language }) => language === 'sh').map(({ code }) => code);
  const lines = shell.join('').replaceAll(/ *\\\n */g, ' ').split('\n');
  return lines.flatMap((line) => line.replace(/(^|\s)#.*$/, '').split(/ (?:&&|\|) /)).map((command) => command.trim()).filter(Boolean);
}
