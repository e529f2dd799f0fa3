// The merchant's files, checked before anybody is shown them.

import { readdirSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from './failure.mjs';
import { rules } from './rules.mjs';

/** The pages that shop.json names, and its pictures. */
const pageFields = ['privacyNotice', 'terms', 'returns'];
const pictureFields = ['logo', 'icon'];

/**
 * Fails with a line for each mistake in the files of a shop.
 *
 * @param {string} shop its folder
 */
export async function checkShop(shop) {
  const lines = await shopMistakes(shop);
  if (lines.length > 0) throw new Failure(lines.join('\n'));
}

/**
 * By the Worker's own rules, and that each picture and page is there.
 *
 * @param {string} shop its folder
 * @returns {Promise<string[]>} a line for each mistake: file, item, field and remedy
 */
export async function shopMistakes(shop) {
  const read = (/** @type {string} */ name) => readFile(path.join(shop, name), 'utf8').catch(() => undefined);
  const nameOf = (/** @type {string} */ name) => `${path.basename(shop)}/${name}`;
  const [text, catalog] = await Promise.all(['shop.json', 'catalog.json'].map(read));
  const { shopMistakes: ofShop, catalogMistakes: ofCatalog } = await rules();
  const inShop = ofShop(text, nameOf('shop.json'), 'en');
  const inCatalog = ofCatalog(catalog, nameOf('catalog.json'), 'en', text);
  return [
    ...(text === undefined || inShop.length > 0 ? inShop : missingFiles(parsed(text), shop, nameOf('shop.json'))),
    ...(catalog === undefined || inCatalog.length > 0 ? inCatalog : itemMistakes(parsed(catalog).items, shop, nameOf('catalog.json'))),
  ];
}

/** @param {string} text of a file without mistakes */
const parsed = (text) => JSON.parse(text.replace(/^\uFEFF/, ''));

/** @param {Record<string, string>} fields of shop.json @param {string} shop @param {string} file */
function missingFiles(fields, shop, file) {
  const isMissing = (/** @type {string} */ name) => fields[name]?.startsWith('/') && !isThere(shop, fileOf(fields[name]));
  const line = (/** @type {string} */ name, kind = 'file') =>
    `${file}: ${name} names a ${kind} that is not in ${path.basename(shop)}; add the ${kind}, or correct the path.`;
  return [...pictureFields.filter(isMissing).map((name) => line(name)), ...pageFields.filter(isMissing).map((name) => line(name, 'page'))];
}

/** @param {{ sku: string, picture?: string }[]} items @param {string} shop @param {string} file */
function itemMistakes(items, shop, file) {
  /** @type {Map<string, number>} */
  const pages = new Map();
  return items.flatMap(({ sku, picture }, at) => {
    const line = (/** @type {string} */ reason) => `${file}, item ${at + 1} ("${sku}"): ${reason}`;
    const same = pages.get(sku.toLowerCase());
    pages.set(sku.toLowerCase(), at);
    return [
      ...(same === undefined ? [] : [line(`sku differs from that of item ${same + 1} by capital letters only, and each has a page of that name; give it another.`)]),
      ...(!picture || isThere(shop, fileOf(picture)) ? [] : [line(`picture names a file that is not in ${path.basename(shop)}; add the file, or correct the path.`)]),
    ];
  });
}

/**
 * By its exact name: macOS and Windows find a file by another case too, and Cloudflare does not.
 *
 * @param {string} folder
 * @param {string} file relative to it; a folder is its index.html
 */
function isThere(folder, file) {
  const names = (file.endsWith('/') ? `${file}index.html` : file).split('/').filter(Boolean);
  const namesIn = (/** @type {string[]} */ parts) => {
    try {
      return readdirSync(path.join(folder, ...parts));
    } catch {
      return [];
    }
  };
  return names.every((name, at) => namesIn(names.slice(0, at)).includes(name)) && statSync(path.join(folder, ...names)).isFile();
}

/** @param {string} address @returns {string} the file at an address of the site */
function fileOf(address) {
  try {
    return decodeURIComponent(new URL(address, 'https://site.invalid').pathname);
  } catch {
    return address;
  }
}
