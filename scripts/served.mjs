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

/** @param {string} pages a folder of static files @returns {Promise<string[]>} a line for each file that is not served */
export async function unservedFiles(pages) {
  const lines = (await filesBelow(pages)).map((file) => {
    const reason = reasonAgainst(file);
    return reason && `${path.basename(pages)}/${file} will not be served: ${reason}.`;
  });
  return lines.filter((line) => line !== undefined);
}

/** @param {string} name @returns {boolean} whether it is hidden: what systems and editors leave */
export const isHidden = (name) => name.startsWith('.');

/** @param {string} file relative to the pages, with `/` @returns {string | undefined} */
function reasonAgainst(file) {
  if (path.posix.basename(file) === '.DS_Store' || file.startsWith('.git/')) return undefined;
  if (file.split('/').some(isHidden)) return 'its name, or that of its folder, begins with a dot';
  if (taken.test(file)) return 'the Worker answers at that address itself';
  const ending = path.posix.extname(file).slice(1).toLowerCase();
  if (Object.hasOwn(servedTypes, ending)) return undefined;
  return `${ending ? `files that end in .${ending}` : 'files without an ending'} are of no kind that the Worker serves`;
}
