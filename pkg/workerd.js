// Workers may not compile code from bytes: the wasm is imported as a module, and is available at once.
import module from './compago.wasm';
import { checksOf } from './checks.js';
import { engine } from './engine.js';
import * as glue from './wasm/server.js';

// Bundlers drop it, and the wasm with it, where none of these is called.
const checks = /* @__PURE__ */ checksOf(/* @__PURE__ */ engine(glue, { own: () => module, atHand: true }));

export const load = (source) => checks.load(source);
export const check = (body, options) => checks.check(body, options);
export const checkField = (pointer, value, options) => checks.checkField(pointer, value, options);
export const states = () => checks.states();
export const billingFields = () => checks.billingFields();
export { shop, till } from './clients.js';
export * from './status.js';
