import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from './failure.mjs';
import { filesBelow } from './mirror.mjs';

/** The folder below the pages that holds what they share. It is not served. */
export const fragmentsDir = 'fragments';

/** `<!-- include NAME key="value" ... -->`, on a line of its own with its indentation, or within a line. */
const include = /^([ \t]*)<!-- include (\S+)(.*?) -->$|<!-- include (\S+)(.*?) -->/gm;
/** `<!-- each LIST NAME -->` on a line of its own. */
const each = /^([ \t]*)<!-- each (\S+) (\S+) -->$/gm;
/** `<!-- module ADDRESS -->` on a line of its own. */
const entry = /^([ \t]*)<!-- module (\S+) -->$/gm;
/** Such a comment in a form that none of the above matches. */
const leftOver = /<!--\s*(?:include|each|module)\b.*/;

/**
 * Fills in the markup that the pages of a site share. A page names it by comments:
 *
 * - `<!-- include foot -->` is replaced by `fragments/foot.html`. A `{name}` in the fragment is a value of the comment (`name="value"`), which
 *   is HTML, or of `fragments/shop.json`, which is text; a fragment may include others.
 * - `<!-- each problems/codes problem -->` is the fragment `problem` for each item of `fragments/problems/codes.json`.
 * - `<!-- module /shop.js -->` loads a module, and preloads each module that it imports.
 *
 * A page without such comments stays as it is.
 *
 * @param {string} pages the folder that holds the fragments
 * @param {string} site the assembled site, whose pages are filled in
 */
export async function fillPages(pages, site) {
  const names = (await filesBelow(site)).filter((name) => name.endsWith('.html'));
  const fragments = await readFragments(path.join(pages, fragmentsDir));
  for (const name of names) {
    const file = path.join(site, name);
    const markup = await readFile(file, 'utf8');
    const filled = await withModules(withFragments(markup, name, fragments), name, site);
    const [comment] = filled.match(leftOver) ?? [];
    if (comment) throw new Failure(`www/${name} has a comment that the build cannot read: ${comment}`);
    if (filled !== markup) await writeFile(file, filled);
  }
}

/** @typedef {Map<string, string>} Fragments their texts, by path without `.html`; lists of values by path with `.json` */

/** @param {string} folder @returns {Promise<Fragments>} */
async function readFragments(folder) {
  const names = await filesBelow(folder).catch(() => /** @type {string[]} */ ([]));
  const texts = names.map(async (name) => /** @type {const} */ ([name.replace(/\.html$/, ''), (await readFile(path.join(folder, name), 'utf8')).trimEnd()]));
  return new Map(await Promise.all(texts));
}

/**
 * @param {string} markup
 * @param {string} page its name, for errors
 * @param {Fragments} fragments
 * @returns {string}
 */
function withFragments(markup, page, fragments) {
  const fragment = (/** @type {string} */ name) => {
    const text = fragments.get(name);
    if (text === undefined) throw new Failure(`www/${page} includes ${name}, and there is no such file in www/${fragmentsDir}/.`);
    return text;
  };
  /** @type {Record<string, string> | undefined} */
  let shop;
  const ofShop = (/** @type {string} */ name) => {
    shop ??= fragments.has('shop.json') ? parsed(fragment('shop.json'), 'shop.json', page) : {};
    return typeof shop[name] === 'string' ? asText(shop[name]) : undefined;
  };
  const filled = (/** @type {string} */ text, /** @type {Record<string, string>} */ values) =>
    text.replace(/\{(\w+)\}/g, (_, name) => {
      const value = values[name] ?? ofShop(name);
      if (value === undefined) throw new Failure(`www/${page} includes a fragment that needs ${name}="...".`);
      return value;
    });
  const expand = (/** @type {string} */ text, /** @type {string[]} */ within = []) =>
    text
      .replace(include, (_, indentation, name, given, inlineName, inlineGiven) => {
        const values = Object.fromEntries([...(given ?? inlineGiven).matchAll(/(\w+)="([^"]*)"/g)].map(([, key, value]) => [key, filled(value, {})]));
        return indented(withValues(name ?? inlineName, values, within), indentation ?? '');
      })
      .replace(each, (_, indentation, list, name) => {
        const items = parsed(fragment(`${list}.json`), `${list}.json`, page);
        if (!Array.isArray(items)) throw new Failure(`www/${page} needs a list in www/${fragmentsDir}/${list}.json.`);
        return indented(items.map((item) => withValues(name, item, within)).join('\n'), indentation);
      });
  const withValues = (/** @type {string} */ name, /** @type {Record<string, string>} */ values, /** @type {string[]} */ within) => {
    const chain = [...within, name];
    if (within.includes(name)) throw new Failure(`www/${page} includes a fragment that includes itself: ${chain.join(', ')}.`);
    return expand(filled(fragment(name), values), chain);
  };
  return expand(markup);
}

/**
 * @param {string} text
 * @param {string} name the file that has this text
 * @param {string} page
 * @returns {any}
 */
function parsed(text, name, page) {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Failure(`www/${page} needs www/${fragmentsDir}/${name}, which is not JSON: ${/** @type {Error} */ (error).message}`);
  }
}

/** Returns a text as HTML, for elements and attributes. @param {string} text */
const asText = (text) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

/** @param {string} text @param {string} indentation */
const indented = (text, indentation) => text.replace(/^(?=.)/gm, indentation);

/** @param {string} markup @param {string} page its name, for errors @param {string} site @returns {Promise<string>} */
async function withModules(markup, page, site) {
  const found = [...markup.matchAll(entry)];
  let filled = markup;
  for (const [comment, indentation, address] of found) {
    const [, ...imported] = await modulesFrom(address, { page, site });
    const preloads = imported.map((module) => `<link rel="modulepreload" href="${module}">`);
    filled = filled.replace(comment, () => indented([...preloads, `<script type="module" src="${address}"></script>`].join('\n'), indentation));
  }
  return filled;
}

/**
 * @param {string} address
 * @param {{ page: string, site: string }} where
 * @param {Set<string>} [seen]
 * @param {string} [importer] the module that imports it
 * @returns {Promise<Set<string>>} the address of a module, and of each that it imports, not of those that it loads later
 */
async function modulesFrom(address, where, seen = new Set(), importer = undefined) {
  seen.add(address);
  const text = await readFile(path.join(where.site, address), 'utf8').catch(() => {
    throw new Failure(`www/${where.page} loads ${address}${importer ? `, which ${importer} imports` : ''}, and there is no such file.`);
  });
  for (const [, from, bare] of text.matchAll(/^(?:import|export)\b[^'"]*?\bfrom '([^']+)'|^import '([^']+)'/gm)) {
    const imported = path.posix.resolve(path.posix.dirname(address), from ?? bare);
    if (!seen.has(imported)) await modulesFrom(imported, where, seen, address);
  }
  return seen;
}
