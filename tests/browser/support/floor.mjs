import { data, isFeature, isThere } from '../../../scripts/floor/support.mjs';

/** Every member of an API that one of the oldest supported browsers lacks: `[owner, name, isStatic]`; without an owner it is a global. */
const newer = Object.entries({ ...data.api, ...data.javascript.builtins }).flatMap(([owner, api]) => {
  const isBuiltin = owner in data.javascript.builtins;
  const missing = Object.keys(api).filter((key) => isFeature(key) && key !== owner && !key.endsWith('_event') && !isThere(api[key]));
  const members = missing.map((key) => [owner, key.replace(/_static$/, ''), isBuiltin ? null : key.endsWith('_static')]);
  return isThere(api) ? members : [...members, [null, owner, true]];
});

/** Interfaces whose constructor came later than they did. */
const notConstructed = Object.entries(data.api).filter(([name, api]) => isThere(api) && !isThere(api[name])).map(([name]) => name);

/**
 * Makes a browser as old as the oldest ones that are supported, all at once: takes away every API that one of them lacks, and
 * does not load the package's wasm, which old Chrome cannot.
 *
 * @param {import('playwright-core').BrowserContext} context
 */
export const ageBrowser = (context) => context.addInitScript(age, { newer, notConstructed });

/** Runs in the page. @param {{ newer: [string | null, string, boolean | null][], notConstructed: string[] }} what */
function age({ newer, notConstructed }) {
  for (const [owner, name, isStatic] of newer) {
    const place = owner === null ? globalThis : globalThis[owner];
    const places = owner === null ? [place] : [isStatic !== false && place, isStatic !== true && place?.prototype, owner === 'Window' && globalThis];
    for (const from of places) {
      // What the platform does not let go stays.
      if (from && Object.prototype.hasOwnProperty.call(from, name)) Reflect.deleteProperty(from, name);
    }
  }
  for (const name of notConstructed) {
    const known = globalThis[name];
    if (known) globalThis[name] = new Proxy(known, { construct: () => { throw new TypeError('Illegal constructor'); } });
  }
  WebAssembly.instantiate = () => Promise.reject(new WebAssembly.CompileError('reference types'));
  WebAssembly.compile = WebAssembly.instantiate;
}
