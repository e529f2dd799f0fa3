// Loads a wasm once, and says clearly when it is used before that.
import { misuse } from './misuse.js';

/**
 * What a wasm offers, by its glue. `own` gives the wasm that belongs to it: bytes, or a module. One that is at hand as a
 * module needs no waiting (`atHand`). Entries share a glue: one that waits would take the memory away from one that did not.
 */
export function engine(glue, { own, atHand = false }) {
  let loading;
  let ready = false;
  const start = (module) => {
    glue.initSync({ module });
    ready = true;
  };
  return {
    load(source) {
      loading ??= Promise.resolve(source ?? own())
        .then((module_or_path) => (atHand ? start(module_or_path) : glue.default({ module_or_path })))
        .then(() => (ready = true));
      loading.catch(() => (loading = undefined));
      return loading.then(() => {});
    },
    isReady: () => ready || atHand,
    /** The functions of the wasm. */
    get offer() {
      if (!ready && atHand) start(own());
      if (!ready) {
        throw misuse('not-loaded', 'compago-edge is not loaded yet: `await load()` once before this call.');
      }
      return glue;
    },
  };
}

/** Bytes of base64 text. */
export const bytes = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
