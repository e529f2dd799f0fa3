import { Failure } from './failure.mjs';

/**
 * Reads `EMBED_ORIGINS`, the origins whose pages may order, each as a browser sends it in `Origin`. As in the Worker, commas separate them
 * as well as spaces.
 *
 * @param {string} text
 * @param {{ name?: string, allowLoopback?: boolean }} [how] name: what the person set; allowLoopback: plain http on this machine as well
 * @returns {string[]} without trailing slashes
 */
export function readEmbedOrigins(text, { name = 'EMBED_ORIGINS', allowLoopback = false } = {}) {
  return text.split(/[\s,]+/).filter(Boolean).map((entry) => {
    const reason = reasonAgainst(entry, allowLoopback);
    if (reason) throw new Failure(`${name} has "${entry}", which ${reason}.`);
    return entry.replace(/\/$/, '').toLowerCase();
  });
}

/** The most origins that are printed one by one. */
const MOST_NAMED = 3;

/** @param {string[]} origins @returns {string} their names, or how many they are */
export const inWords = (origins) => (origins.length > MOST_NAMED ? `${origins.length} origins` : origins.join(' and '));

/** @param {string} entry @param {boolean} allowLoopback @returns {string | undefined} */
function reasonAgainst(entry, allowLoopback) {
  if (entry.includes('*')) return 'has an asterisk: name each origin by itself';
  const url = URL.canParse(entry) ? new URL(entry) : undefined;
  if (!url || url.origin === 'null') return 'is no origin such as https://blog.example';
  if (url.origin !== entry.toLowerCase().replace(/\/$/, '')) {
    return `is not what browsers send from there: an origin has nothing behind its host and port. Did you mean ${url.origin}?`;
  }
  const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol === 'https:' && (!/^\[|\.\d+$/.test(url.hostname) || (isLoopback && allowLoopback))) return undefined;
  if (url.protocol === 'https:') return 'is an address without a name';
  return isLoopback && allowLoopback ? undefined : 'does not begin with https://';
}
