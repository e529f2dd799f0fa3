// The merchant's files, checked before anybody is shown them.

import path from 'node:path';
import { Failure } from './failure.mjs';
import { rules } from './rules.mjs';
import { isLeftOut, reasonAgainst } from './served.mjs';
import { shopFile, shopText, shopTree } from './shop-tree.mjs';

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
  const folder = { shop, files: new Set((await shopTree(shop)).files) };
  const nameOf = (/** @type {string} */ name) => `${path.basename(shop)}/${name}`;
  const [text, catalog] = await Promise.all(['shop.json', 'catalog.json'].map((name) => shopText(shop, name)));
  const { shopMistakes: ofShop, catalogMistakes: ofCatalog } = await rules();
  const inShop = ofShop(text, nameOf('shop.json'), 'en');
  const inCatalog = ofCatalog(catalog, nameOf('catalog.json'), 'en', text);
  return [
    ...(text === undefined || inShop.length > 0 ? inShop : [...fileMistakes(parsed(text), folder, nameOf('shop.json')), ...(await iconMistakes(parsed(text), folder, nameOf('shop.json')))]),
    ...(catalog === undefined || inCatalog.length > 0 ? inCatalog : itemMistakes(parsed(catalog).items, folder, nameOf('catalog.json'))),
  ];
}

/** @param {string} text of a file without mistakes */
const parsed = (text) => JSON.parse(text.replace(/^\uFEFF/, ''));

/** The folder of a shop, and the files in it that are copied. @typedef {{ shop: string, files: Set<string> }} Folder */

/** @param {Record<string, string>} fields of shop.json @param {Folder} folder @param {string} file */
function fileMistakes(fields, folder, file) {
  const lines = (/** @type {string[]} */ names, /** @type {string} */ kind) =>
    names.flatMap((name) => {
      const reason = fields[name]?.startsWith('/') ? reasonAgainstNamed(fields[name], folder, kind) : undefined;
      return reason ? [`${file}: ${name} ${reason}`] : [];
    });
  return [...lines(pictureFields, 'file'), ...lines(pageFields, 'page')];
}

/** The first bytes of each PNG, up to the name of its first chunk. */
const pngStart = /^\x89PNG\r\n\x1a\n[^]{4}IHDR[^]{8}/;

/** Browsers do not install a shop whose icon is not what it says. @param {Record<string, string>} fields @param {Folder} folder @param {string} file */
async function iconMistakes({ icon, logo }, { shop, files }, file) {
  const [field, address] = icon ? ['icon', icon] : ['logo', logo];
  const name = address && fileOf(address);
  if (!name || !files.has(name) || !/\.png$/i.test(name) || pngStart.test((await shopFile(shop, name)).toString('latin1'))) return [];
  return [`${file}: ${field} names a file that is no PNG, although its name ends in .png; save it as PNG, or give it the ending of what it is.`];
}

/** @param {{ sku: string, picture?: string }[]} items @param {Folder} folder @param {string} file */
function itemMistakes(items, folder, file) {
  /** @type {Map<string, number>} */
  const pages = new Map();
  return items.flatMap(({ sku, picture }, at) => {
    const line = (/** @type {string} */ reason) => `${file}, item ${at + 1} ("${sku}"): ${reason}`;
    const same = pages.get(sku.toLowerCase());
    pages.set(sku.toLowerCase(), at);
    const reason = picture && reasonAgainstNamed(picture, folder, 'file');
    return [
      ...(same === undefined ? [] : [line(`sku differs from that of item ${same + 1} by capital letters only, and each has a page of that name; give it another.`)]),
      ...(reason ? [line(`picture ${reason}`)] : []),
    ];
  });
}

/**
 * By its exact name: macOS and Windows find a file by another case too, and Cloudflare does not.
 *
 * @param {string} address a path of the site
 * @param {Folder} folder
 * @param {string} kind what should be there
 * @returns {string | undefined} what is wrong with a field that names it, and what to do
 */
function reasonAgainstNamed(address, { shop, files }, kind) {
  const file = fileOf(address);
  const isLeft = file?.split('/').some(isLeftOut);
  if (file === undefined || !(files.has(file) || isLeft)) return `names a ${kind} that is not in ${path.basename(shop)}; add the ${kind}, or correct the path.`;
  const reason = reasonAgainst(file);
  return reason && `names a ${kind} that will not be served: ${reason}; ${isLeft ? 'rename it' : 'save it as another kind, or rename it'}.`;
}

/** @param {string} address @returns {string | undefined} the file at an address of the site, unless it can be none; a folder is its index.html */
function fileOf(address) {
  try {
    return decodeURIComponent(new URL(address, 'https://site.invalid').pathname).replace(/\/$/, '/index.html').slice(1);
  } catch {
    return undefined;
  }
}
