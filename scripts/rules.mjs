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
 * @property {(text: string) => ShopFile} shopValues for such a text too, as answers of the Worker say it
 * @property {(text: string, shop: string) => { items: Item[] }} catalogValues for the texts of a catalog.json and a shop.json without mistakes
 * @property {(list: string) => string[]} originMistakes
 * @property {(names: string[], values: string[]) => string[]} secretMistakes
 */

/**
 * A text in both languages; `en` is null if the shop speaks Spanish only.
 *
 * @typedef {{ es: string, en: string | null }} Text
 * @typedef {'name' | 'address' | 'email' | 'emailLink' | 'timeZone' | 'privacyNotice'} Required
 * @typedef {'legalName' | 'rfc' | 'phone' | 'phoneLink' | 'whatsapp' | 'whatsappLink' | 'logo' | 'icon' | 'terms' | 'returns'} Optional
 * @typedef {'tagline' | 'headline' | 'lead' | 'description' | 'delivery' | 'payment'} Said
 * @typedef {Record<Required, string> & Record<Optional, string | null> & { languages: string[], texts: Record<Said, Text | null> }} ShopFile
 * @typedef {{ sku: string, name: Text, description: Text | null, unitAmount: string, picture: string | null, available: boolean }} Item
 */

/** @returns {Promise<Rules>} in the package that has been built */
export async function rules() {
  const glue = await import(pathToFileURL(inRoot('pkg', 'dist', 'wasm', 'server.js')).href);
  glue.initSync({ module: await readFile(inRoot('pkg', 'dist', 'compago.wasm')) });
  return glue;
}
