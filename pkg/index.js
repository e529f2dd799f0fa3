// The whole package: the Worker's checks and the typed shop client, from wasm that is loaded once.
import initialise, { Checks, ShopClient } from './compago_js.js';
import { ShopError } from './status.js';

export * from './status.js';

let loading;

/**
 * Loads the wasm and answers what it offers. Later calls answer the same; after a failure the next call tries again.
 * `source` is needed where the wasm cannot be fetched from beside this file: a URL, a Response, bytes or a module.
 */
export function load(source) {
  loading ??= initialise(source === undefined ? undefined : { module_or_path: source }).then(offer);
  loading.catch(() => (loading = undefined));
  return loading;
}

function offer() {
  const checksByLanguage = new Map();
  return {
    /** Checks that speak a language; made once per language. */
    checks(language = 'es-MX') {
      if (!checksByLanguage.has(language)) checksByLanguage.set(language, new Checks(language));
      return checksByLanguage.get(language);
    },
    /** A client of the Worker at `origin`, by default the page's own. */
    shop: ({ origin = '', language = 'es-MX' } = {}) =>
      new ShopClient(origin, language, (...problem) => new ShopError(...problem)),
    /** The 32 states in the order of their names. */
    states: () => Checks.states(),
    /** What the input elements of `billingInformation` need. */
    billingFields: () => Checks.billingFields(),
  };
}
