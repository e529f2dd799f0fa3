// Errors in the use of the package, and where secrets may be sent.
import { CompagoError } from './status.js';

/** Returns the error of a call that sent nothing, and would send nothing the next time. */
export const misuse = (code, detail, errors) => new CompagoError({ code, detail, errors, didNothing: true }, 400);

/** Returns whether what is sent to a URL is confidential: https, or http on this machine. */
export const isPrivate = ({ protocol, hostname }) =>
  protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname));

export const overHttps = 'that begins with https://, or with http:// on this machine';

/** Returns a secret without surrounding white space, which files end in. Throws for what no header accepts: `fetch` would show it in its error. */
export function headerValue(secret, code, detail) {
  const bare = String(secret ?? '').trim();
  if (!/^[!-~]{0,512}$/.test(bare)) throw misuse(code, detail);
  return bare;
}

/**
 * Returns the options of each call that sends a token: over https alone, to the validated origin, by default the page's own, and without
 * following redirects.
 */
export function withToken(token, given) {
  const origin = String(given ?? '') || globalThis.location?.origin;
  let url;
  try {
    url = new URL(origin);
  } catch {
    url = {};
  }
  if (!isPrivate(url)) throw misuse('origin', `Pass an \`origin\` ${overHttps}: the token is sent there.`);
  return { origin, headers: { authorization: `Bearer ${token}` }, redirect: 'manual' };
}
