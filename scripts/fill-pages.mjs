import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from './failure.mjs';
import { filesBelow } from './mirror.mjs';

/** The folder below the pages that holds what they share. It is not served. */
export const fragmentsDir = 'fragments';

/** Which files of a site are templates. */
const isTemplate = (/** @type {string} */ name) => /\.(html|webmanifest)$/.test(name);

/**
 * Renders the pages of a site, which are LiquidJS templates: their values are escaped unless `| raw` is behind them, and a name that is
 * not known is an error. `{% render 'foot' %}` is `fragments/foot.html`, `{% module '/shop.js' %}` loads a module and preloads each that
 * it imports, and `problems.codes` is the list `fragments/problems/codes.json`.
 *
 * @param {string} pages the folder that holds the fragments
 * @param {string} site the assembled site, whose pages are rendered in place
 * @param {Record<string, unknown>} values what all of them know
 * @param {(name: string) => string} [nameOf] a page's file as errors name it
 */
export async function fillPages(pages, site, values, nameOf = (name) => `www/${name}`) {
  const names = (await filesBelow(site)).filter(isTemplate);
  const engine = await engineFor(pages, site, values);
  for (const name of names) {
    const file = path.join(site, name);
    const markup = await readFile(file, 'utf8');
    const filled = await engine.parseAndRender(markup).catch((error) => {
      throw error instanceof Failure ? error : new Failure(`${nameOf(name)}: ${error.message}`);
    });
    if (filled !== markup) await writeFile(file, filled);
  }
}

/** @param {string} pages @param {string} site @param {Record<string, unknown>} values */
async function engineFor(pages, site, values) {
  const { templates, lists } = await readFragments(path.join(pages, fragmentsDir));
  // Only now: a fresh clone has it since the setup.
  const { Liquid, Tag } = await import('liquidjs');
  const engine = new Liquid({
    templates,
    globals: { ...values, ...lists },
    extname: '.html',
    outputEscape: 'escape',
    strictFilters: true,
    strictVariables: true,
    ownPropertyOnly: true,
    timezoneOffset: 0,
  });
  engine.registerTag('module', moduleTag(Tag, site));
  return engine;
}

/**
 * @param {string} folder
 * @returns {Promise<{ templates: Record<string, string>, lists: Record<string, Record<string, unknown>> }>} the fragments' texts by name with
 *   `.html`, and the values of the JSON files by folder and name
 */
async function readFragments(folder) {
  /** @type {Record<string, string>} */
  const templates = {};
  /** @type {Record<string, Record<string, unknown>>} */
  const lists = {};
  for (const name of await filesBelow(folder)) {
    const text = await readFile(path.join(folder, name), 'utf8');
    if (name.endsWith('.html')) templates[name] = text.trimEnd();
    if (name.endsWith('.json')) (lists[path.posix.dirname(name)] ??= {})[path.posix.basename(name, '.json')] = JSON.parse(text);
  }
  return { templates, lists };
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
  const text = await readFile(path.join(site, address), 'utf8').catch(() => {
    throw new Error(`it loads ${address}${importer ? `, which ${importer} imports` : ''}, and there is no such file.`);
  });
  for (const [, from, bare] of text.matchAll(/^(?:import|export)\b[^'"]*?\bfrom '([^']+)'|^import '([^']+)'/gm)) {
    const imported = path.posix.resolve(path.posix.dirname(address), from ?? bare);
    if (!seen.has(imported)) await modulesFrom(imported, site, seen, address);
  }
  return seen;
}
