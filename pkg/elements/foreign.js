// Whether a Worker answers this page, or only others.
import { CompagoError } from '../status.js';

/** Resolves to the error, or to one with the code `foreign-origin` if that is the reason why a page could not read an answer. */
export const explain = async (worker, error) => ((await isForeign(worker, error)) ? foreignOrigin(worker, error) : error);

/**
 * Returns whether the Worker answers, but not to this page. Browsers hide the refusal, since it has no CORS headers; each page may read
 * the style sheet.
 */
async function isForeign(worker, { code }) {
  if (code !== 'unreachable' || worker === location.origin) return false;
  const { ok } = await fetch(`${worker}/pkg/elements.css`, { cache: 'no-store' }).catch(() => ({}));
  return Boolean(ok);
}

function foreignOrigin(worker, cause) {
  const detail = `${worker} takes no orders from pages of ${location.origin}: add that origin to its EMBED_ORIGINS.`;
  return new CompagoError({ code: 'foreign-origin', detail, didNothing: true }, 403, null, cause);
}
