// Verifies webhooks of the Worker.
import { CompagoError } from './status.js';
import { incomingOf } from './incoming.js';

/**
 * Returns the event of a request whose signature is valid: made with one of the secrets, at about this time, for exactly this body. Takes a
 * Request, or its headers and its body as text or bytes.
 */
export const verifyWith = (engine) => async (request, secrets, { now = Date.now(), toleranceSeconds = 300 } = {}) => {
  await engine.load();
  const { body, header } = await incomingOf(request);
  const sent = ['id', 'timestamp', 'signature'].map((name) => header(`webhook-${name}`));
  // The wasm takes seconds as unsigned 32 bits.
  const tolerance = Math.min(Math.max(toleranceSeconds, 0), 2 ** 32 - 1);
  const { id, code } = engine.exports.verifyWebhook([secrets].flat().join(' '), ...sent, body, now, tolerance);
  if (code === 'secret') throw new CompagoError({ code: 'webhook-secret', detail: noSecret }, 500);
  if (code) {
    const why = reasons[code] ?? 'It is not a webhook of the Worker.';
    const detail = `${why.replace('{clock}', clock(now)).replace('{tolerance}', tolerance)} Answer 401 and do nothing.`;
    throw new CompagoError({ code: `webhook-${code}`, detail }, 401);
  }
  return { ...JSON.parse(new TextDecoder().decode(body)), id };
};

const noSecret = 'Pass the secret, or both secrets during a rotation: base64 of 24 to 64 bytes, with or without the prefix `whsec_`.';

const reasons = {
  'header-missing': 'One of the headers `webhook-id`, `webhook-timestamp` and `webhook-signature` is missing: somebody else sent it, or a proxy removed it.',
  id: '`webhook-id` is not the id of an event.',
  timestamp: '`webhook-timestamp` is not a whole number of seconds since 1970.',
  'too-old': "By this server's clock ({clock}) it was sent more than {tolerance} s ago: it is a replay, or the clock is ahead.",
  'too-new': "By this server's clock ({clock}) it was sent more than {tolerance} s in the future: the clock is behind.",
  'signature-missing': '`webhook-signature` has no signature of the version v1.',
  signature: "No signature matches: `WEBHOOK_SECRET` is not the Worker's, or the body is not the one that was sent, to the byte.",
};

const clock = (now) => (Number.isFinite(now) && Math.abs(now) <= 8.64e15 ? new Date(now).toISOString() : String(now));
