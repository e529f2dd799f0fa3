// Pages and bundlers: the wasm is in this package as text, so that nothing has to be copied or configured.
import { checksOf } from './checks.js';
import { bytes, engine } from './engine.js';
import * as glue from './wasm/browser.js';
import base64 from './wasm/browser.inline.js';

// Bundlers drop it, and the wasm with it, where none of these is called.
const checks = /* @__PURE__ */ checksOf(/* @__PURE__ */ engine(glue, { own: () => bytes(base64) }));

export const load = (source) => checks.load(source);
export const check = (body, options) => checks.check(body, options);
export const checkField = (pointer, value, options) => checks.checkField(pointer, value, options);
export const states = () => checks.states();
export const billingFields = () => checks.billingFields();
export { shop, till } from './clients.js';
export * from './status.js';
