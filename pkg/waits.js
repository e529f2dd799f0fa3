// How long a call may take, and how long its answer asks to wait.

/** The longest that a timer can count; one that is set to more fires at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** A signal that aborts with the caller's, or after `timeoutMs`; anything that is no number of milliseconds is no limit. `end()` lets go of both. */
export function limited(timeoutMs, signal) {
  // Neither AbortSignal.any nor .timeout: in Node 22 each call would stay on a signal that outlives it.
  const limit = new AbortController();
  const stop = () => limit.abort();
  const timer = setTimeout(() => limit.abort(), timeoutMs <= LONGEST_MS ? timeoutMs : LONGEST_MS);
  signal?.addEventListener('abort', stop);
  const end = () => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  };
  return { signal: limit.signal, end };
}

/**
 * The milliseconds that a Retry-After header asks to wait: seconds, or a date in any of the three forms that RFC 9110, 5.6.7 has a
 * recipient accept. A date that has passed is zero; undefined for anything else.
 */
export function waitAsked(header, now = Date.now()) {
  const text = String(header ?? '').trim();
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const date = text
    .replace(/^(\w{3})(?:s|nes|rs|ur)?day, (\d\d)-(\w{3})-(\d\d) /, (_, ...[name, day, month, year]) => `${name}, ${day} ${month} ${year < 70 ? 20 : 19}${year} `)
    .replace(/^(\w{3}) (\w{3}) ([ \d]\d) (\S+) (\d{4})$/, (_, name, month, day, time, year) => `${name}, ${day.replace(' ', '0')} ${month} ${year} ${time} GMT`);
  const at = new Date(date);
  // Dates that do not exist, and forms that browsers read otherwise, are written in another way than they came.
  return at.getTime() >= 0 && at.toUTCString() === date ? Math.max(at.getTime() - now, 0) : undefined;
}
