// Verifies webhooks, for servers. The wasm is in this package as text.
import { bytes, engine } from './engine.js';
import { verifyWith } from './verify.js';
import * as glue from './wasm/server.js';
import base64 from './wasm/server.inline.js';

export const verifyWebhook = verifyWith(engine(glue, { own: () => bytes(base64) }));
export { CompagoError } from './status.js';
