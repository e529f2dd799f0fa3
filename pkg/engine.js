// Loads a wasm module once, and reports its use before that.
import { misuse } from './misuse.js';

/**
 * Returns the loader of a wasm module, by its glue. `own()` returns the wasm: bytes, or a module. `atHand`: it is a module that is
 * instantiated synchronously. Entries share a glue, and a second instantiation would replace the memory of the first.
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
    /** The functions of the wasm module. */
    get exports() {
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
