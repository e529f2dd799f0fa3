import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from './failure.mjs';
import { filesBelow } from './mirror.mjs';
import { dataText } from './structured-data.mjs';

/** The folder below the pages that holds what they share. It is not served. */
export const fragmentsDir = 'fragments';

/** Which files of a site are templates. */
const isTemplate = (/** @type {string} */ name) => /\.(html|webmanifest)$/.test(name);

/**
 * Renders LiquidJS templates: their values are escaped unless `| raw` is behind them, and a name that is not known is an error.
 * `{% render 'foot' %}` is the fragment `foot.html`, `{% module '/shop.js' %}` loads a module and preloads each that it imports,
 * `{{ value | data }}` is JSON for a script element, and a JSON file of the fragments is a value of its name.
 *
 * @param {string} pages the folder that holds the fragments
 * @param {string} site the assembled site
 * @param {Record<string, unknown>} values what all of them know
 * @returns {Promise<(markup: string, values: Record<string, unknown>, file: string) => Promise<string>>} renders one, with values of its own;
 *   `file` is how errors name it
 */
export async function templates(pages, site, values) {
  const { fragments, lists } = await readFragments(path.join(pages, fragmentsDir));
  // Only now: a fresh clone has it since the setup.
  const { Liquid, Tag } = await import('liquidjs');
  const engine = new Liquid({
    templates: fragments,
    extname: '.html',
    outputEscape: 'escape',
    strictFilters: true,
    strictVariables: true,
    lenientIf: true,
    ownPropertyOnly: true,
  });
  engine.registerTag('module', moduleTag(Tag, site));
  engine.registerFilter('data', { handler: dataText, raw: true });
  return async (markup, own, file) => {
    try {
      return await engine.parseAndRender(markup, {}, { globals: { ...lists, ...values, ...own } });
    } catch (error) {
      throw new Failure(`${file}: ${/** @type {Error} */ (error).message}`);
    }
  };
}

/**
 * Renders the pages of a site in place.
 *
 * @param {string} site
 * @param {Awaited<ReturnType<typeof templates>>} render
 * @param {(name: string) => string} [fileOf] a page's file as errors name it
 */
export async function fillPages(site, render, fileOf = (name) => `www/${name}`) {
  for (const name of (await filesBelow(site)).filter(isTemplate)) {
    const file = path.join(site, name);
    const markup = await readFile(file, 'utf8');
    const filled = await render(markup, { path: `/${name.replace(/(^|\/)index\.html$/, '$1')}` }, fileOf(name));
    if (filled !== markup) await writeFile(file, filled);
  }
}

/**
 * @param {string} folder
 * @returns {Promise<{ fragments: Record<string, string>, lists: Record<string, any> }>} their texts by name with `.html`, and the values of
 *   the JSON files by name, those in a folder by the folder's and their own
 */
async function readFragments(folder) {
  /** @type {Record<string, string>} */
  const fragments = {};
  /** @type {Record<string, any>} */
  const lists = {};
  for (const name of await filesBelow(folder)) {
    const text = await readFile(path.join(folder, name), 'utf8');
    if (name.endsWith('.html')) fragments[name] = text.trimEnd();
    const [, inFolder, list] = /^(?:(.+)\/)?([^/]+)\.json$/.exec(name) ?? [];
    if (list) (inFolder ? (lists[inFolder] ??= {}) : lists)[list] = JSON.parse(text);
  }
  return { fragments, lists };
}

/** @param {typeof import('liquidjs').Tag} Tag @param {string} site @returns a tag that loads a module of the site: `{% module '/shop.js' %}` */
const moduleTag = (Tag, site) =>
  class extends Tag {
    constructor(/** @type {any} */ token, /** @type {any} */ rest, /** @type {any} */ liquid) {
      super(token, rest, liquid);
      this.address = token.args.trim().replace(/^'(.*)'$/, '$1');
    }

    async render() {
      const [, ...imported] = await modulesFrom(this.address, site);
      const preloads = imported.map((module) => `<link rel="modulepreload" href="${module}">`);
      return [...preloads, `<script type="module" src="${this.address}"></script>`].join('\n    ');
    }
  };

/**
 * @param {string} address
 * @param {string} site
 * @param {Set<string>} [seen]
 * @param {string} [importer] the module that imports it
 * @returns {Promise<Set<string>>} the address of a module, and of each that it imports, not of those that it loads later
 */
async function modulesFrom(address, site, seen = new Set(), importer = undefined) {
  seen.add(address);
  if (!address.startsWith('/') || path.posix.normalize(address) !== address) throw new Error(`it loads ${address}, which is no path of a file of the site`);
  const text = await readFile(path.join(site, address), 'utf8').catch(() => {
    throw new Error(`it loads ${address}${importer ? `, which ${importer} imports` : ''}, and there is no such file`);
  });
  for (const [, from, bare] of text.matchAll(/^(?:import|export)\b[^'"]*?\bfrom '([^']+)'|^import '([^']+)'/gm)) {
    const imported = path.posix.resolve(path.posix.dirname(address), from ?? bare);
    if (!seen.has(imported)) await modulesFrom(imported, site, seen, address);
  }
  return seen;
}
