// Whether a request is a webhook of ours.
import { CompagoError } from './status.js';

/**
 * The event that a request brings, if it is one of ours: signed with one of the secrets, at about this time, for exactly
 * this body. Hand in a Request, or its headers and its body as text or bytes.
 */
export const verifyWith = (engine) => async (request, secrets, { now = Date.now(), toleranceSeconds = 300 } = {}) => {
  await engine.load();
  const { headers } = request;
  const header = (name) => (typeof headers.get === 'function' ? headers.get(name) : headers[name]) ?? undefined;
  const body = await bytesOf(request);
  const sent = [header('webhook-id'), header('webhook-timestamp'), header('webhook-signature')];
  const { id, code } = engine.offer.verifyWebhook([secrets].flat().join(' '), ...sent, body, now, toleranceSeconds);
  if (code) {
    const detail = 'The request is not one of our webhooks: answer 401 and do nothing.';
    throw new CompagoError({ code: `webhook-${code}`, detail }, 401);
  }
  return { id, ...JSON.parse(new TextDecoder().decode(body)) };
};

/** The body as it came. */
async function bytesOf(request) {
  if (request instanceof Request) return new Uint8Array(await request.arrayBuffer());
  return typeof request.body === 'string' ? new TextEncoder().encode(request.body) : request.body;
}
