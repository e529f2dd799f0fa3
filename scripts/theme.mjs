// The shop's colours and the merchant's own style rules, as the last style sheet of each page.

import { rules } from './rules.mjs';
import { shopText } from './shop-tree.mjs';

/** The merchant's own rules in the folder of the shop, and where the whole is on the site. */
export const themeFile = 'theme.css';

/** Colours as hex by the name of a token of tokens.css, without dashes. @typedef {{ light: Record<string, string>, dark: Record<string, string> }} Theme */

/** The start of a style sheet up to its last `@import`: those count only before all other rules. */
const importing = /^(?:(?:\s|\/\*[^]*?\*\/|@charset "[^"]*";)*@import\b(?:"[^"]*"|'[^']*'|[^;"'])*;[^\S\n]*\n?)+/;

/** @param {string} shop its folder @returns {Promise<Theme>} */
export const themeOf = async (shop) => (await rules()).shopTheme((await shopText(shop, 'shop.json')) ?? '');

/**
 * @param {Theme} theme
 * @param {string} shop its folder
 * @returns {Promise<string>} the style sheet
 */
export async function themeSheet({ light, dark }, shop) {
  const own = ((await shopText(shop, themeFile)) ?? '').replace(/^\uFEFF/, '');
  const [imports] = importing.exec(own) ?? [''];
  const lines = (/** @type {Record<string, string>} */ tokens, indent = '') => Object.entries(tokens).map(([name, value]) => `${indent}  --${name}: ${value};\n`).join('');
  const colours = `:root {\n${lines(light)}}\n\n@media screen and (prefers-color-scheme: dark) {\n  :root {\n${lines(dark, '  ')}  }\n}\n`;
  const rest = own.slice(imports.length);
  return `${imports}/* The shop's colours (shop.json), and below them its own rules (theme.css). */\n\n${colours}${rest && `\n${rest}`}`;
}
