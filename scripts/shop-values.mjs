// What the pages say about the shop, for their templates.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from './failure.mjs';
import { servedTypes } from './served.mjs';

/** What a shop need not say: templates find it, and it is empty. */
const optional = { legalName: null, rfc: null, phone: null, whatsapp: null, logo: null, terms: null, returns: null };

/** The product's own icon, for a shop without one. */
const defaultIcon = '/favicon.svg';

const textNames = ['tagline', 'headline', 'lead', 'description', 'delivery', 'payment'];

/**
 * @param {string} folder the shop's
 * @returns {Promise<Record<string, any>>} `shop.json` with all that it need not say, and `phoneLink`, `whatsappLink` and `iconType`
 */
export async function shopValues(folder) {
  const given = await readJson(path.join(folder, 'shop.json'));
  const languages = given.languages ?? ['es-MX', 'en'];
  const shop = { ...optional, timeZone: 'America/Mexico_City', ...given, languages };
  const icon = shop.icon ?? shop.logo ?? defaultIcon;
  return {
    ...shop,
    icon,
    iconType: typeOf(icon),
    phoneLink: shop.phone && `tel:${international(shop.phone)}`,
    whatsappLink: shop.whatsapp && `https://wa.me/${international(shop.whatsapp).slice(1)}`,
    texts: Object.fromEntries(textNames.map((name) => [name, shop.texts?.[name] ? texts(shop.texts[name]) : null])),
  };
}

/** @param {string} folder the shop's @returns {Promise<any>} its catalog */
export const catalogValues = (folder) => readJson(path.join(folder, 'catalog.json'));

/** @param {string} file */
async function readJson(file) {
  try {
    return JSON.parse((await readFile(file, 'utf8')).replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new Failure(`${path.join(path.basename(path.dirname(file)), path.basename(file))} cannot be read: ${/** @type {Error} */ (error).message}`);
  }
}

/** @param {Record<string, string>} text */
const texts = (text) => ({ es: text['es-MX'], en: text.en ?? null });

/** @param {string} phone as a person wrote it @returns {string} with + and digits only; without a + it is a Mexican number */
const international = (phone) => `${phone.trim().startsWith('+') ? '+' : '+52'}${phone.replace(/\D/g, '')}`;

/** @param {string} address @returns {string} the type of the file there */
function typeOf(address) {
  const ending = path.posix.extname(new URL(address, 'https://shop.invalid').pathname).slice(1).toLowerCase();
  return servedTypes[/** @type {keyof typeof servedTypes} */ (ending)] ?? 'image/svg+xml';
}
