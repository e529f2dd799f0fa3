import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { inRoot } from './paths.mjs';

/**
 * Rules of the core that scripts hold what a merchant wrote against, so that the Worker takes it afterwards.
 *
 * @typedef {object} Rules
 * @property {(text: string | undefined, file: string, language: string) => string[]} shopMistakes
 * @property {(text: string | undefined, file: string, language: string, shop: string | undefined) => string[]} catalogMistakes
 * @property {(text: string) => import('./theme.mjs').Theme} shopTheme for the text of a shop.json without mistakes
 * @property {(text: string) => string | undefined} numberToDial with + and digits, for a telephone number as a person writes it
 * @property {(list: string) => string[]} originMistakes
 */

/** @returns {Promise<Rules>} in the package that has been built */
export async function rules() {
  const glue = await import(pathToFileURL(inRoot('pkg', 'dist', 'wasm', 'server.js')).href);
  glue.initSync({ module: await readFile(inRoot('pkg', 'dist', 'compago.wasm')) });
  return glue;
}
