// The shop's colours and the merchant's own style rules, as the last style sheet of each page.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { rules } from './rules.mjs';

/** The merchant's own rules in the folder of the shop, and where the whole is on the site. */
export const themeFile = 'theme.css';

/** Colours as hex by the name of a token of tokens.css, without dashes. @typedef {{ light: Record<string, string>, dark: Record<string, string> }} Theme */

/** @param {string} shop its folder @returns {Promise<Theme>} */
export const themeOf = async (shop) => {
  const text = await readFile(path.join(shop, 'shop.json'), 'utf8');
  const { shopTheme } = /** @type {any} */ (await rules());
  if (shopTheme) return shopTheme(text);
  const css = await readFile(new URL('../www/tokens.css', import.meta.url), 'utf8');
  const blocks = css.split('@media screen and (prefers-color-scheme: dark)').map((part) => Object.fromEntries([...part.matchAll(/--([\w-]+): (#\w+);/g)].map(([, k, v]) => [k, v])));
  const colors = JSON.parse(text).colors ?? {};
  const over = (c = {}) => ({ ...(c.accent && { accent: c.accent }), ...(c.background && { paper: c.background }), ...(c.text && { ink: c.text }) });
  return { light: { ...blocks[0], ...over(colors.light) }, dark: { ...blocks[1], ...over(colors.dark) } };
};

/**
 * @param {Theme} theme
 * @param {string} shop its folder
 * @returns {Promise<string>} the style sheet
 */
export async function themeSheet({ light, dark }, shop) {
  const own = await readFile(path.join(shop, themeFile), 'utf8').catch(() => '');
  const lines = (/** @type {Record<string, string>} */ tokens, indent = '') => Object.entries(tokens).map(([name, value]) => `${indent}  --${name}: ${value};\n`).join('');
  const colours = `:root {\n${lines(light)}}\n\n@media screen and (prefers-color-scheme: dark) {\n  :root {\n${lines(dark, '  ')}  }\n}\n`;
  return `/* The shop's colours (shop.json), and below them its own rules (theme.css). */\n\n${colours}${own && `\n${own.replace(/^\uFEFF/, '')}`}`;
}
