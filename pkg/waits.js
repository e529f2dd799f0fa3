// Timeouts of calls, and the Retry-After header.

/** The longest delay of a timer; a longer one fires at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** Returns a signal that aborts with the caller's or after `timeoutMs`, which is no limit unless it is a number. `end()` releases both. */
export function limited(timeoutMs, signal) {
  // AbortSignal.any and .timeout leak in Node 22: each call would stay on a signal that outlives it.
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
 * Returns the milliseconds to wait by a Retry-After header: seconds, or a date in the three formats of RFC 9110, 5.6.7. Zero for a past date,
 * undefined for anything else.
 */
export function waitAsked(header, now = Date.now()) {
  const text = String(header ?? '').trim();
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const date = text
    .replace(/^(\w{3})(?:s|nes|rs|ur)?day, (\d\d)-(\w{3})-(\d\d) /, (_, ...[name, day, month, year]) => `${name}, ${day} ${month} ${year < 70 ? 20 : 19}${year} `)
    .replace(/^(\w{3}) (\w{3}) ([ \d]\d) (\S+) (\d{4})$/, (_, name, month, day, time, year) => `${name}, ${day.replace(' ', '0')} ${month} ${year} ${time} GMT`);
  const at = new Date(date);
  // Dates that do not exist, or that browsers read otherwise, do not round-trip.
  return at.getTime() >= 0 && at.toUTCString() === date ? Math.max(at.getTime() - now, 0) : undefined;
}
