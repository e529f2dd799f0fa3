// Workers: code may not be made from bytes there, so the wasm is imported as a module, and is there at once.
import module from './compago.wasm';
import { checksOf } from './checks.js';
import { clientsOf } from './clients.js';
import { engine } from './engine.js';
import * as glue from './wasm/server.js';

const own = engine(glue, { own: () => module, atHand: true });
const checks = checksOf(own);

export const { load, check, checkField, states, billingFields } = checks;
export const { shop, till } = clientsOf(own, checks);
export * from './status.js';
