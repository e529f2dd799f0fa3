// The Worker's catalog, which the elements of a page load once at a time.
import { call } from '../status.js';
import { explain } from './foreign.js';

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
    throw await explain(worker, error);
  }
}
