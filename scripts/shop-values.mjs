// What the pages say about the shop and what it sells, for their templates.

import path from 'node:path';
import { rules } from './rules.mjs';
import { servedTypes } from './served.mjs';
import { shopFile } from './shop-tree.mjs';
import { LISTED, listData, productData, storeData } from './structured-data.mjs';

/** The product's own icon, for a shop without one. */
const defaultIcon = '/favicon.svg';

/** Where the pages are until the Worker says its own origin. */
const placeholderOrigin = 'https://shop.invalid';

/** What a text that is missing says. @type {import('./rules.mjs').Text} */
const nothing = { es: '', en: null };

/**
 * What all pages know: `shop` is shop.json with what it need not say, `catalog` the items for sale, `home` the first page. The texts are
 * those of the Worker's answers.
 *
 * @param {string} folder the shop's, whose files have no mistakes
 */
export async function siteValues(folder) {
  const [inShop, inCatalog] = await Promise.all(['shop.json', 'catalog.json'].map(async (name) => (await shopFile(folder, name)).toString('utf8')));
  const { shopValues, catalogValues } = await rules();
  const shop = await withIcon(shopValues(inShop), folder);
  const items = catalogValues(inCatalog, inShop).items.map((item) => itemValues(item, shop));
  return { shop, catalog: { items }, home: homeValues(shop, items), origin: placeholderOrigin };
}

/** @param {import('./rules.mjs').ShopFile} given @param {string} folder */
const withIcon = async (given, folder) => ({
  ...given,
  icon: await iconValues(given.icon ?? given.logo ?? defaultIcon, folder),
  isBilingual: given.languages.includes('en'),
});

/** @typedef {Awaited<ReturnType<typeof withIcon>>} ShopValues */

/** @param {import('./rules.mjs').Item} item @param {ShopValues} shop */
function itemValues({ sku, name, description, picture, unitAmount, available }, shop) {
  const path = `/productos/${sku}.html`;
  const values = {
    ...{ sku, name, picture, path, unitAmount },
    description: description ?? nothing,
    price: price(unitAmount),
    isSoldOut: !available,
    type: 'product',
    title: { es: `${name.es} · ${shop.name}`, en: name.en && `${name.en} · ${shop.name}` },
    address: absolute(path),
    photo: picture && absolute(picture),
    image: preview([picture, shop.logo, shop.icon.src]),
  };
  return { ...values, data: productData(values, shop) };
}

/** @typedef {ReturnType<typeof itemValues>} ItemValues */

/** @param {ShopValues} shop @param {ItemValues[]} items */
function homeValues(shop, items) {
  const { tagline, headline, description, lead } = shop.texts;
  const values = {
    type: 'website',
    items: items.slice(0, LISTED),
    address: absolute('/'),
    title: { es: titled(shop.name, tagline?.es), en: titled(shop.name, tagline?.en) },
    headline: headline ?? { es: shop.name, en: null },
    description: description ?? lead ?? nothing,
    photo: absolute(shop.logo ?? shop.icon.src),
    image: preview([shop.logo, ...items.map(({ picture }) => picture), shop.icon.src]),
  };
  return { ...values, data: { '@context': 'https://schema.org', '@graph': [storeData(values, shop), listData(items, shop)] } };
}

/** @param {string} name @param {string | null} [tagline] */
const titled = (name, tagline) => (tagline ? `${name}: ${tagline}` : name);

/** @param {string} amount decimal text @returns {string} as the pages write it: $1,234.50 MXN */
const price = (amount) =>
  `${new Intl.NumberFormat('es-MX', { style: 'currency', currency: 'MXN', currencyDisplay: 'narrowSymbol' }).format(Number(amount))} MXN`;

/**
 * The picture of a link preview. Those programs show no vector graphics.
 *
 * @param {(string | null)[]} pictures best first
 * @returns {string | null} its address
 */
function preview(pictures) {
  const shown = pictures.find((picture) => picture && typeOf(picture) !== servedTypes.svg);
  return shown ? absolute(shown) : null;
}

/** @param {string} address a path of the site */
const absolute = (address) => new URL(address, placeholderOrigin).href;

/** @param {string} src @param {string} folder */
async function iconValues(src, folder) {
  const type = typeOf(src);
  if (type === servedTypes.svg) return { src, type, sizes: 'any' };
  if (type !== servedTypes.png) return { src, type };
  const file = await shopFile(folder, decodeURIComponent(new URL(src, placeholderOrigin).pathname).slice(1));
  // Width and height of the first chunk of a PNG, which is IHDR.
  return { src, type, sizes: `${file.readUInt32BE(16)}x${file.readUInt32BE(20)}` };
}

/** @param {string} address of a picture @returns {string} its type */
function typeOf(address) {
  const ending = path.posix.extname(new URL(address, placeholderOrigin).pathname).slice(1).toLowerCase();
  return servedTypes[/** @type {keyof typeof servedTypes} */ (ending)] ?? 'application/octet-stream';
}
