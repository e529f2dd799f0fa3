// The Worker's catalog, which the elements of a page load once at a time.
import { CompagoError, call } from '../status.js';

/** The calls that are under way, by Worker. */
const pending = new Map();

/** Loads the catalog of a Worker. Elements that ask at the same time share one call. */
export async function loadCatalog(worker, language) {
  const key = `${language} ${worker}`;
  if (!pending.has(key)) pending.set(key, load(worker, language).finally(() => pending.delete(key)));
  return pending.get(key);
}

async function load(worker, language) {
  try {
    return await call('shop/catalog', { origin: worker, language });
  } catch (error) {
    throw (await isForeign(worker, error)) ? foreignOrigin(worker, error) : error;
  }
}

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
