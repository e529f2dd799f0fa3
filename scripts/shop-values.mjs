// What the pages say about the shop and what it sells, for their templates.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { rules } from './rules.mjs';
import { servedTypes } from './served.mjs';
import { LISTED, listData, productData, storeData } from './structured-data.mjs';

/** The product's own icon, for a shop without one. */
const defaultIcon = '/favicon.svg';

const textNames = ['tagline', 'headline', 'lead', 'description', 'delivery', 'payment'];

/** Where the pages are until the Worker says its own origin. */
export const placeholderOrigin = 'https://shop.invalid';

/** A text in both languages; `en` is null if the shop speaks Spanish only. @typedef {{ es: string, en: string | null }} Text */

/** @param {string} folder the shop's @param {string} name @returns {Promise<any>} the content of a JSON file of it that has no mistakes */
export const readShopJson = async (folder, name) => JSON.parse((await readFile(path.join(folder, name), 'utf8')).replace(/^\uFEFF/, ''));

/**
 * What all pages know: `shop` is shop.json with what it need not say, `catalog` the items for sale, `home` the first page.
 *
 * @param {string} folder the shop's
 */
export async function siteValues(folder) {
  const shop = await shopValues(folder);
  const items = (await readShopJson(folder, 'catalog.json')).items.map((/** @type {any} */ item) => itemValues(item, shop));
  return { shop, catalog: { items }, home: homeValues(shop, items), origin: placeholderOrigin };
}

/** @param {string} folder */
async function shopValues(folder) {
  const given = await readShopJson(folder, 'shop.json');
  const languages = given.languages ?? ['es-MX', 'en'];
  const isBilingual = languages.includes('en');
  const { legalName = null, rfc = null, phone = null, whatsapp = null, logo = null, terms = null, returns = null } = given;
  const { numberToDial } = await rules();
  const { name, address, email, privacyNotice, timeZone = 'America/Mexico_City' } = given;
  return {
    ...{ name, legalName, rfc, address, email, phone, whatsapp, logo, privacyNotice, terms, returns, timeZone, languages, isBilingual },
    icon: await iconValues(given.icon ?? logo ?? defaultIcon, folder),
    phoneLink: phone && `tel:${numberToDial(phone)}`,
    whatsappLink: whatsapp && `https://wa.me/${numberToDial(whatsapp)?.slice(1)}`,
    texts: /** @type {Record<string, Text | null>} */ (
      Object.fromEntries(textNames.map((key) => [key, given.texts?.[key] ? textValues(given.texts[key], isBilingual) : null]))
    ),
  };
}

/** @typedef {Awaited<ReturnType<typeof shopValues>>} ShopValues */

/** @param {any} item @param {ShopValues} shop */
function itemValues(item, shop) {
  const path = `/productos/${item.sku}.html`;
  const name = textValues(item.name, shop.isBilingual);
  const description = textValues(item.description ?? {}, shop.isBilingual);
  const picture = item.picture ?? null;
  const values = {
    ...{ sku: item.sku, name, description, picture, path },
    unitAmount: Number(item.unitAmount).toFixed(2),
    price: price(item.unitAmount),
    isSoldOut: item.available === false,
    type: 'product',
    title: { es: `${name.es} · ${shop.name}`, en: name.en && `${name.en} · ${shop.name}` },
    address: absolute(path),
    image: absolute(picture ?? imageOf(shop, [])),
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
    description: description ?? lead ?? { es: '', en: null },
    image: absolute(imageOf(shop, items)),
  };
  return { ...values, data: { '@context': 'https://schema.org', '@graph': [storeData(values, shop), listData(items, shop)] } };
}

/** @param {string} name @param {string | null} [tagline] */
const titled = (name, tagline) => (tagline ? `${name}: ${tagline}` : name);

/** @param {Record<string, string>} text either language stands for a missing one @param {boolean} isBilingual @returns {Text} */
function textValues(text, isBilingual) {
  const es = text['es-MX'] ?? text.en ?? '';
  return { es, en: isBilingual ? (text.en ?? es) : null };
}

/** @param {string} amount decimal text @returns {string} as the pages write it: $1,234.50 MXN */
const price = (amount) =>
  `${new Intl.NumberFormat('es-MX', { style: 'currency', currency: 'MXN', currencyDisplay: 'narrowSymbol' }).format(Number(amount))} MXN`;

/**
 * The picture of a link preview. Those programs show no vector graphics.
 *
 * @param {ShopValues} shop
 * @param {{ picture: string | null }[]} items
 */
function imageOf(shop, items) {
  const pictures = [shop.logo, shop.icon.src, ...items.map(({ picture }) => picture)].filter((picture) => picture !== null);
  return pictures.find((picture) => typeOf(picture) !== servedTypes.svg) ?? pictures[0];
}

/** @param {string} address a path of the site */
const absolute = (address) => new URL(address, placeholderOrigin).href;

/** @param {string} src @param {string} folder */
async function iconValues(src, folder) {
  const type = typeOf(src);
  if (type === servedTypes.svg) return { src, type, sizes: 'any' };
  if (type !== servedTypes.png) return { src, type };
  const file = await readFile(path.join(folder, decodeURIComponent(new URL(src, placeholderOrigin).pathname)));
  // Width and height of the first chunk of a PNG, which is IHDR.
  return { src, type, sizes: `${file.readUInt32BE(16)}x${file.readUInt32BE(20)}` };
}

/** @param {string} address of a picture @returns {string} its type */
function typeOf(address) {
  const ending = path.posix.extname(new URL(address, placeholderOrigin).pathname).slice(1).toLowerCase();
  return servedTypes[/** @type {keyof typeof servedTypes} */ (ending)] ?? 'application/octet-stream';
}
