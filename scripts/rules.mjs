import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { inRoot } from './paths.mjs';

/**
 * Rules of the core that scripts hold what a merchant wrote against, so that the Worker takes it afterwards.
 *
 * @typedef {object} Rules
 * @property {(text: string | undefined, file: string, language: string) => string[]} shopMistakes
 * @property {(text: string | undefined, file: string, language: string, shopText?: string) => string[]} catalogMistakes
 * @property {(text: string) => { light: Record<string, string>, dark: Record<string, string> }} shopTheme colors of the shop's file, by the names of tokens
 * @property {(list: string) => string[]} originMistakes
 */

/** @returns {Promise<Rules>} in the package that has been built */
export async function rules() {
  const glue = await import(pathToFileURL(inRoot('pkg', 'dist', 'wasm', 'server.js')).href);
  glue.initSync({ module: await readFile(inRoot('pkg', 'dist', 'compago.wasm')) });
  return glue;
}
