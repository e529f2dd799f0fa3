// What the signing key makes: references of orders, their capabilities, keys of clients and fingerprints of bodies.

const CHARACTERS = '0123456789abcdefghjkmnpqrstvwxyz';
const NAME = 12;
const TAG = 26;

const encoder = new TextEncoder();
/** @type {CryptoKey | undefined} imported once, as anybody would */
let signingKey;

/** @param {string} key the idempotency key @param {any} env */
export const referenceOf = async (key, env) => charactersOf(await mac(`reference\0shop\0${key}`, env), NAME).toUpperCase();

/** @param {string} reference @param {any} env */
export async function capabilityOf(reference, env) {
  const name = reference.toLowerCase();
  return name + charactersOf(await mac(`order\0${name}`, env), TAG);
}

/** @param {string} order a capability @param {any} env */
export async function isGenuine(order, env) {
  const expected = await capabilityOf(order.slice(0, NAME), env);
  let differs = 0;
  for (let at = 0; at < NAME + TAG; at += 1) differs |= expected.charCodeAt(at) ^ order.charCodeAt(at);
  return differs === 0;
}

/** @param {string} address @param {any} env */
export const clientKey = async (address, env) => charactersOf(await mac(`client\0${address}`, env), 16);

/** @param {string} body @param {any} env */
export const fingerprintOf = async (body, env) => [...(await mac(`fingerprint\0${body}`, env))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** @param {string} message @param {any} env @returns {Promise<Uint8Array>} */
async function mac(message, env) {
  signingKey ??= await crypto.subtle.importKey('raw', encoder.encode(env.SIGNING_KEY), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', signingKey, encoder.encode(message)));
}

/** @param {Uint8Array} bytes @param {number} count of characters, of five bits each */
function charactersOf(bytes, count) {
  let [text, held, bits] = ['', 0, 0];
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xffff;
    for (bits += 8; bits >= 5 && text.length < count; bits -= 5) text += CHARACTERS[(held >> (bits - 5)) & 31];
  }
  return text;
}
