/** The headers of all answers. */
export const HEADERS = {
  'cache-control': 'no-store',
  'content-type': 'application/json; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
    "font-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
};

const { 'content-type': _, ...BODILESS } = HEADERS;

/** @param {number} status @param {unknown} body */
export const json = (status, body) => new Response(JSON.stringify(body), { status, headers: HEADERS });

/** @param {number} status @param {string} code @param {object} [more] */
export const problem = (status, code, more) =>
  new Response(JSON.stringify({ type: `/problems#${code}`, status, code, ...more }), { status, headers: { ...HEADERS, 'content-type': 'application/problem+json' } });

/** @param {string} location */
export const seeOther = (location) => new Response(null, { status: 303, headers: { ...BODILESS, location } });

/** An object's answer as that of the Worker. @param {Response} answer */
export function pass({ status, headers, body }) {
  const location = headers.get('location');
  return location === null ? new Response(body, { status, headers: HEADERS }) : seeOther(location);
}
