// What a caller has to mend, and where secrets may be sent.
import { CompagoError } from './status.js';

/** Nothing was sent, and nothing would be the next time. */
export const misuse = (code, detail, errors) => new CompagoError({ code, detail, errors, didNothing: true }, 400);

/** Whether nobody on the way can read what is sent to a URL: https, or http on this machine. */
export const isPrivate = ({ protocol, hostname }) =>
  protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname));

export const overHttps = 'that begins with https://, or with http:// on this machine';

/** A secret as a header takes it, without the white space that a file ends in; what no header takes, `fetch` would write into its error. */
export function headerValue(secret, code, detail) {
  const bare = String(secret ?? '').trim();
  if (!/^[!-~]{0,512}$/.test(bare)) throw misuse(code, detail);
  return bare;
}

/**
 * Options of each call to the Worker that sends a token: over https alone, to the origin that was checked, which is the page's own if none
 * was handed in, and no redirect takes it elsewhere.
 */
export function withToken(token, given) {
  const origin = String(given ?? '') || globalThis.location?.origin;
  let url;
  try {
    url = new URL(origin);
  } catch {
    url = {};
  }
  if (!isPrivate(url)) throw misuse('origin', `Hand in an \`origin\` ${overHttps}: the token is sent there.`);
  return { origin, headers: { authorization: `Bearer ${token}` }, redirect: 'manual' };
}
