import path from 'node:path';
import { filesBelow } from './mirror.mjs';

/** The kinds of files that the Worker serves (`TYPES` in worker/src/http/site_files.rs), and as what. */
export const servedTypes = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8',
  webmanifest: 'application/manifest+json; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  xml: 'application/xml; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  avif: 'image/avif',
  gif: 'image/gif',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
  pdf: 'application/pdf',
  wasm: 'application/wasm',
};

/** Where the Worker answers itself, also if the site has files of that name (worker/src/routes.rs, `serve` in worker/src/routes/assets.rs). */
const taken = /^(api|problems)\/|^healthz$/;

/** What editors, systems and package managers leave in a folder beside hidden files. */
const leftover = /~$|^#.*#$|\.(bak|orig|swp|tmp)$|^(node_modules|__MACOSX|Thumbs\.db|desktop\.ini)$/i;

/** @param {string} name @returns {boolean} whether a dot before it hides it */
export const isHidden = (name) => name.startsWith('.');

/** @param {string} name of a file or folder @returns {boolean} whether it is left out of the site */
export const isLeftOut = (name) => isHidden(name) || leftover.test(name);

/**
 * @param {string} pages a folder of static files
 * @param {string[]} [files] those in it, relative to it, with `/`
 * @returns {Promise<string[]>} a line for each file that is not served
 */
export async function unservedFiles(pages, files) {
  const lines = (files ?? (await filesBelow(pages))).map((file) => {
    const reason = isOfSystem.test(file) ? undefined : reasonAgainst(file);
    return reason && `${path.basename(pages)}/${file} will not be served: ${reason}.`;
  });
  return lines.filter((line) => line !== undefined);
}

/** Of which nobody needs to hear. */
const isOfSystem = /(^|\/)\.DS_Store$|^\.git(\/|ignore$|attributes$|$)/;

/** @param {string} file relative to the pages, with `/` @returns {string | undefined} why it is not served */
export function reasonAgainst(file) {
  const names = file.split('/');
  if (names.some(isHidden)) return 'its name, or that of its folder, begins with a dot';
  if (names.some(isLeftOut)) return 'its name, or that of its folder, is one that editors and systems leave behind';
  if (taken.test(file)) return 'the Worker answers at that address itself';
  const ending = path.posix.extname(file).slice(1).toLowerCase();
  if (Object.hasOwn(servedTypes, ending)) return undefined;
  return `${ending ? `files that end in .${ending}` : 'files without an ending'} are of no kind that the Worker serves`;
}
