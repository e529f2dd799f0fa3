// Pages and bundlers: the wasm stands in this package as text, so that nothing has to be copied or configured.
import { checksOf } from './checks.js';
import { clientsOf } from './clients.js';
import { bytes, engine } from './engine.js';
import * as glue from './wasm/browser.js';
import base64 from './wasm/browser.inline.js';

const own = engine(glue, { own: () => bytes(base64) });
const checks = checksOf(own);

export const { load, check, checkField, states, billingFields } = checks;
export const { shop, till } = clientsOf(own, checks);
export * from './status.js';
