// Workers: code may not be made from bytes there, so the wasm is imported as a module, and is there at once.
import module from './compago.wasm';
import { checksOf } from './checks.js';
import { engine } from './engine.js';
import * as glue from './wasm/server.js';

// Bundlers leave it out, and the wasm with it, where nobody calls one of these.
const checks = /* @__PURE__ */ checksOf(/* @__PURE__ */ engine(glue, { own: () => module, atHand: true }));

export const load = (source) => checks.load(source);
export const check = (body, options) => checks.check(body, options);
export const checkField = (pointer, value, options) => checks.checkField(pointer, value, options);
export const states = () => checks.states();
export const billingFields = () => checks.billingFields();
export { shop, till } from './clients.js';
export * from './status.js';
