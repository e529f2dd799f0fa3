// Nobody sells for real money in the name of an example, whose shop a new folder or a clone has.

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isReserved } from './deploy-checks.mjs';
import { Failure } from './failure.mjs';
import { documentAt, shortPath } from './paths.mjs';

/** What says who sells. */
export const ofSeller = ['name', 'legalName', 'rfc', 'address', 'phone', 'whatsapp', 'email'];

/** The fingerprints of what the examples have there. */
export const exampleFingerprints = new Set([
  '65e6159b9341b480a9f702a4fc3c490ed4718822fb99aba7da3e8315a4c38fc6',
  '222559bc4114afe6f6ea49e70034f1af134e8a8b04a304f7aea1df535064925f',
  '54769ed80d314e660550ff1a2281e790aa9bc9ba6a4842f6fd847d98cec5e4e7',
  '4bdaae6b381c03949d472b30064c0ccae2affb37618e98f8e05cbab134e61e55',
  '850b294c59c9fbf75f4e9f17c8c6be83da07d055b3ad80abf162c988e107da5b',
  'b3f8c86c0a07b71c7fea97eae260d496cbe05c92f68719186f091ff8b9bc10c5',
  '70b19af2ec905ff17dcb621cca8d2f492f46acc29b1359a5b2177fdc0a2d02cf',
  '1c8caa42896561a2e2a996b18276c608b0de46602e65e3fcfc5c40507ffc180b',
  '9f94acb79c5552bb21deb943542189c027cc60b179c0615d9a4559dd86da6bcc',
  '1b98f81c042963e53c75836d763184a1ea4adc4b244f8902f52a11c4f195f2da',
  '165ba628c5f2da381feb2c2411dd840f1d0cfb4863692fc6ebd85a753a71328d',
  '6d2394970d6c70eab89ca0a9c402707246999484599dc9d9dcce46caeed0978b',
]);

/** The pages on which a customer reads what was agreed. */
const notices = ['privacyNotice', 'terms', 'returns'];

/** What such a page of an example says of itself. */
const EXAMPLE = /Este texto es un ejemplo/;

/**
 * Fails where the shop's file still has something of an example's seller, or one of its notices still says that it is an example.
 *
 * @param {string} shop the shop's folder
 * @param {import('./deploy-settings.mjs').Settings} settings
 */
export async function checkSeller(shop, { vars }) {
  if (vars.MODE !== 'production') return;
  const own = await readTexts(shop);
  const left = ofSeller.filter((field) => own[field] && (exampleFingerprints.has(fingerprint(own[field])) || (field === 'email' && isReserved(`https://${own.email?.split('@')[1]}`))));
  if (left.length > 0) {
    throw new Failure(`${shortPath(path.join(shop, 'shop.json'))} still has the seller of the example (${left.join(', ')}): write your own there before you sell (${documentAt('shop.md')}).`);
  }
  for (const page of notices.flatMap((field) => own[field] ?? [])) {
    const file = path.join(shop, page);
    if (!EXAMPLE.test(await readFile(file, 'utf8').catch(() => ''))) continue;
    throw new Failure(`${shortPath(file)} still says that its text is an example: have it reviewed for your shop, and remove that sentence, before you sell.`);
  }
}

/** @param {string} value @returns {string} the same however it is spaced, accented or capitalised */
export function fingerprint(value) {
  const letters = value.normalize('NFD').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  return createHash('sha256').update(letters).digest('hex');
}

/** @param {string} shop @returns {Promise<Record<string, string>>} the texts of its shop.json; none if it cannot be read, which the build says */
export async function readTexts(shop) {
  try {
    const values = JSON.parse((await readFile(path.join(shop, 'shop.json'), 'utf8')).replace(/^\uFEFF/, ''));
    return Object.fromEntries(Object.entries(values).filter(([, value]) => typeof value === 'string'));
  } catch {
    return {};
  }
}
