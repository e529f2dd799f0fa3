// Node: the same checks and clients, over the wasm that its other entries have.
import { checksOf } from './checks.js';
import { clientsOf } from './clients.js';
import { bytes, engine } from './engine.js';
import * as glue from './wasm/server.js';
import base64 from './wasm/server.inline.js';

const own = engine(glue, { own: () => bytes(base64) });
const checks = checksOf(own);

export const { load, check, checkField, states, billingFields } = checks;
export const { shop, till } = clientsOf(own, checks);
export * from './status.js';
