// Nobody sells for real money in the name of the example, whose shop a new folder has.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isReserved } from './deploy-checks.mjs';
import { Failure } from './failure.mjs';
import { documentAt, inRoot, shortPath } from './paths.mjs';

/** What says who sells. */
const ofSeller = ['name', 'legalName', 'rfc', 'address', 'phone', 'whatsapp', 'email'];

/** The pages on which a customer reads what was agreed. */
const notices = ['privacyNotice', 'terms', 'returns'];

/** What such a page of the example says of itself. */
const EXAMPLE = /Este texto es un ejemplo/;

/**
 * Fails where the shop's file still has the seller of the example, or one of its notices still says that it is an example.
 *
 * @param {string} shop the shop's folder
 * @param {import('./deploy-settings.mjs').Settings} settings
 */
export async function checkSeller(shop, { vars }) {
  if (vars.MODE !== 'production') return;
  const [own, example] = await Promise.all([shop, inRoot('worker', 'npm', 'template', 'shop')].map(readShop));
  const left = ofSeller.filter((field) => own[field] && (own[field] === example[field] || isReserved(`https://${own[field].split('@')[1]}`)));
  if (left.length > 0) {
    throw new Failure(`${shortPath(path.join(shop, 'shop.json'))} still has the seller of the example (${left.join(', ')}): write your own there before you sell (${documentAt('shop.md')}).`);
  }
  for (const page of notices.flatMap((field) => own[field] ?? [])) {
    const file = path.join(shop, page);
    if (!EXAMPLE.test(await readFile(file, 'utf8').catch(() => ''))) continue;
    throw new Failure(`${shortPath(file)} still says that its text is an example: have it reviewed for your shop, and remove that sentence, before you sell.`);
  }
}

/** @param {string} shop @returns {Promise<Record<string, string>>} its texts; none if it cannot be read, which the build says */
async function readShop(shop) {
  try {
    const values = JSON.parse(await readFile(path.join(shop, 'shop.json'), 'utf8'));
    return Object.fromEntries(Object.entries(values).filter(([, value]) => typeof value === 'string'));
  } catch {
    return {};
  }
}
