// The files of secrets beside wrangler's file, in the format of dotenv.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { Failure } from './failure.mjs';

/**
 * Reads what wrangler would read, except where it would guess: a line that sets nothing would become a part of the next line's name.
 *
 * @param {string} text
 * @param {string} [name] of the file
 * @returns {Record<string, string>} each value by its name, the last one of a name
 */
export function parseDevVars(text, name = '.dev.vars') {
  const values = /** @type {Record<string, string>} */ (parseEnv(text.replace(/^\uFEFF/, '')));
  const wrong = Object.keys(values).find((key) => !/^[\w.-]+$/.test(key));
  if (wrong) throw new Failure(`${name} has lines that set nothing, above ${/[\w.-]*$/.exec(wrong)?.[0]}: write NAME=value on each line, or # before a note.`);
  return values;
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
