// Whether a request is a webhook of ours.
import { CompagoError } from './status.js';

/**
 * The event that a request brings, if it is one of ours: signed with one of the secrets, at about this time, for exactly
 * this body. Hand in a Request, or its headers and its body as text or bytes.
 */
export const verifyWith = (engine) => async (request, secrets, { now = Date.now(), toleranceSeconds = 300 } = {}) => {
  await engine.load();
  const body = await bytesOf(request);
  const sent = ['id', 'timestamp', 'signature'].map((name) => header(request.headers, `webhook-${name}`));
  // Seconds are 32 bits without a sign on the other side.
  const tolerance = Math.min(Math.max(toleranceSeconds, 0), 2 ** 32 - 1);
  const { id, code } = engine.offer.verifyWebhook([secrets].flat().join(' '), ...sent, body, now, tolerance);
  if (code === 'secret') throw own(code, 'Hand in the secret, or two while they are changed: `whsec_` and base64 of 24 to 64 bytes.');
  if (code) {
    const detail = 'The request is not one of our webhooks: answer 401 and do nothing.';
    throw new CompagoError({ code: `webhook-${code}`, detail }, 401);
  }
  return { ...JSON.parse(new TextDecoder().decode(body)), id };
};

/** What is the server's own fault: it is not told that nobody sent a webhook, and so it comes again. */
const own = (code, detail, cause) => new CompagoError({ code: `webhook-${code}`, detail }, 500, null, cause);

/** Names of headers have no case; of several values, which Node may give as a list, each may be the signature that fits. */
function header(headers, name) {
  if (typeof headers.get === 'function') return headers.get(name) ?? undefined;
  const [, value] = Object.entries(headers).find(([key]) => key.toLowerCase() === name) ?? [];
  return value === undefined ? undefined : [value].flat().join(' ');
}

/** The body as it came. */
async function bytesOf(request) {
  const detail = 'Hand in the body as it came, as text or bytes: one that was read and written again has another signature.';
  try {
    const body = typeof request.arrayBuffer === 'function' ? await request.arrayBuffer() : request.body;
    if (typeof body === 'string') return new TextEncoder().encode(body);
    if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
    if (body instanceof ArrayBuffer) return new Uint8Array(body);
  } catch (cause) {
    throw own('body', detail, cause);
  }
  throw own('body', detail);
}
