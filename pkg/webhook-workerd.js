// The check of webhooks, for Workers, where the wasm is imported as a module.
import module from './compago.wasm';
import { engine } from './engine.js';
import { verifyWith } from './verify.js';
import * as glue from './wasm/server.js';

export const verifyWebhook = verifyWith(engine(glue, { own: () => module, atHand: true }));
export { CompagoError } from './status.js';
