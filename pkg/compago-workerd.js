// Compago's own API, for Workers, where the wasm is imported as a module.
import module from './compago.wasm';
import { engine } from './engine.js';
import { serverOf } from './server.js';
import * as glue from './wasm/server.js';

export const { compago, load } = serverOf(engine(glue, { own: () => module, atHand: true }));
export { CompagoError } from './status.js';
