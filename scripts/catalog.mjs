// The shop's catalog, checked before anybody is shown it.

import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from './failure.mjs';
import { rules } from './rules.mjs';

/**
 * Fails with a line for each mistake in the catalog of a folder of pages.
 *
 * @param {string} pages
 */
export async function checkCatalog(pages) {
  const lines = await catalogMistakes(pages);
  if (lines.length > 0) throw new Failure(lines.join('\n'));
}

/**
 * By the Worker's own rules, and that each picture is there.
 *
 * @param {string} pages
 * @returns {Promise<string[]>} a line for each mistake: file, item, field and remedy
 */
export async function catalogMistakes(pages) {
  const file = `${path.basename(pages)}/catalog.json`;
  const text = await readFile(path.join(pages, 'catalog.json'), 'utf8').catch(() => undefined);
  const mistakes = (await rules()).catalogMistakes(text, file, 'en');
  return text === undefined || mistakes.length > 0 ? mistakes : missingPictures(text.replace(/^\uFEFF/, ''), pages, file);
}

/** @param {string} text of a catalog that can be read @param {string} pages @param {string} file */
function missingPictures(text, pages, file) {
  /** @type {{ items: { sku: string, picture?: string }[] }} */
  const { items } = JSON.parse(text);
  return items.flatMap(({ sku, picture }, at) => {
    if (!picture || isThere(pages, fileOf(picture))) return [];
    return [`${file}, item ${at + 1} ("${sku}"): picture names a file that is not in ${path.basename(pages)}; add the file, or correct the path.`];
  });
}

/**
 * By its exact name: macOS and Windows find a file by another case too, and Cloudflare does not.
 *
 * @param {string} folder
 * @param {string} file relative to it
 */
function isThere(folder, file) {
  const names = file.split('/').filter(Boolean);
  const namesIn = (/** @type {string[]} */ parts) => {
    try {
      return readdirSync(path.join(folder, ...parts));
    } catch {
      return [];
    }
  };
  return names.every((name, at) => namesIn(names.slice(0, at)).includes(name));
}

/** @param {string} address @returns {string} the file at an address of the site */
function fileOf(address) {
  try {
    return decodeURIComponent(new URL(address, 'https://site.invalid').pathname);
  } catch {
    return address;
  }
}
