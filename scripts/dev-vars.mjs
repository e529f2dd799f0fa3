// The files of secrets beside wrangler's file, in the format of dotenv.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { Failure } from './failure.mjs';

/**
 * Reads what wrangler would read, and refuses what it would pass over.
 *
 * @param {string} text
 * @param {string} [name] of the file
 * @returns {Record<string, string>} each value by its name
 */
export function parseDevVars(text, name = '.dev.vars') {
  const unmarked = text.replace(/^\uFEFF/, '');
  const lines = unmarked.split(/\r?\n/);
  /** @type {Map<string, number>} */
  const seen = new Map();
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at]?.trim() ?? '';
    if (line === '' || line.startsWith('#')) continue;
    const [, set = '', value = ''] = /^(?:export\s+)?([\w.-]+)\s*=\s*(.*)$/.exec(line) ?? [];
    if (!set) throw new Failure(`${name}, line ${at + 1}, sets nothing: write NAME=value, ${nameIn(line)}or # before a note.`);
    if (seen.has(set)) throw new Failure(`${name}, line ${at + 1}, sets ${set} again, after line ${seen.get(set)}: leave one of the two.`);
    seen.set(set, at + 1);
    at += linesOfQuoted(value, lines.slice(at + 1));
  }
  const values = parseEnv(unmarked);
  return Object.fromEntries([...seen.keys()].map((set) => [set, values[set] ?? '']));
}

/** @param {string} line @returns {string} how it was meant, if it begins as a setting; never a value */
const nameIn = (line) => (/^[A-Z][A-Z_]+(?=[\s:])/.test(line) ? `such as ${/^[A-Z_]+/.exec(line)}=..., ` : '');

/** @param {string} value the first line of one @param {string[]} following lines @returns {number} how many of them belong to it, since a quote ends there */
function linesOfQuoted(value, following) {
  const quote = /^["'`]/.exec(value)?.[0];
  if (!quote || value.includes(quote, 1)) return 0;
  return following.findIndex((line) => line.includes(quote)) + 1;
}

/**
 * Reads `.dev.vars.<environment>`, or without it `.dev.vars`, as wrangler does. The settings of production are read from their own file
 * only, since the other one has the key and the tokens of the demo.
 *
 * @param {string} folder
 * @param {{ environment?: string, ownOnly?: boolean }} [which]
 * @returns {Promise<{ name: string, values: Record<string, string> }>} name: of the file that was read, or that should be written
 */
export async function readDevVars(folder, { environment, ownOnly = false } = {}) {
  const own = environment ? [`.dev.vars.${environment}`] : [];
  const names = ownOnly && environment ? own : [...own, '.dev.vars'];
  for (const name of names) {
    const text = await readIfThere(path.join(folder, name), name);
    if (text !== undefined) return { name, values: parseDevVars(text, name) };
  }
  return { name: names[0] ?? '', values: {} };
}

/** @param {string} file @param {string} name @returns {Promise<string | undefined>} nothing if there is no such file */
async function readIfThere(file, name) {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === 'ENOENT') return undefined;
    throw new Failure(`${name} cannot be read: ${message}.`);
  }
}
