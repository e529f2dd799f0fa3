// The files of secrets beside wrangler's file, in the format of dotenv.

import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** A line that sets a value, which may be in quotes and span lines then; a comment ends a value without quotes. */
const LINE = /^[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*=[ \t]*("(?:\\"|[^"])*"|'(?:\\'|[^'])*'|`(?:\\`|[^`])*`|[^#\r\n]*)/gm;

/** @param {string} text @returns {Record<string, string>} each value by its name, the last one of a name */
export function parseDevVars(text) {
  return Object.fromEntries([...text.matchAll(LINE)].map(([, name = '', value = '']) => [name, value.trim().replace(/^(["'`])(.*)\1$/s, '$2')]));
}

/**
 * Reads `.dev.vars.<environment>`, or without it `.dev.vars`, as wrangler does. The settings of production are read from their own file
 * only, since the other one has the key and the tokens of the demo.
 *
 * @param {string} folder
 * @param {{ environment?: string, ownOnly?: boolean }} [which]
 * @returns {Promise<{ name: string, values: Record<string, string>, exists: boolean }>} name: of the file that was read, or that should be written
 */
export async function readDevVars(folder, { environment, ownOnly = false } = {}) {
  const own = environment ? [`.dev.vars.${environment}`] : [];
  const names = ownOnly && environment ? own : [...own, '.dev.vars'];
  for (const name of names) {
    const text = await readFile(path.join(folder, name), 'utf8').catch(() => undefined);
    if (text !== undefined) return { name, values: parseDevVars(text), exists: true };
  }
  return { name: names[0] ?? '', values: {}, exists: false };
}
