// Formats money, times and other values.
import { element } from '/lib/dom.js';
import { language, money as inCurrency, seconds, word } from '/lib/words.js';
import { named, shown } from '/staff/times.js';

export { dayOf, startOfDay } from '/staff/times.js';

/** Formats decimal text as `$350.50 MXN`; as it came for an unknown currency, and a dash for none. */
export function money(amount, currency) {
  if (amount === null || amount === undefined) return '—';
  try {
    return inCurrency(amount, currency ?? 'MXN');
  } catch {
    return `${amount} ${currency}`;
  }
}

export const number = (value) => new Intl.NumberFormat(language()).format(value);

/** Formats a time in the shop's zone, `20 nov 2026, 14:05`; with seconds if `exact`. */
export const moment = (rfc3339, { exact = false } = {}) =>
  shown(rfc3339, { dateStyle: 'medium', timeStyle: exact ? 'medium' : 'short' });

/** The same with the place, for who reads it elsewhere. */
export const momentNamed = (rfc3339) => named(moment(rfc3339));

/** The same as a `<time>` element; a dash without a time. */
export function time(rfc3339, how) {
  if (!rfc3339) return element('span', { textContent: '—' });
  return element('time', { dateTime: rfc3339, textContent: moment(rfc3339, how) });
}

/** Returns the word under `key` + `One` or `Many`, with `{count}` in it. */
export const counted = (key, count, values = {}) =>
  word(`${key}${count === 1 ? 'One' : 'Many'}`, { ...values, count: number(count) });

/** Returns the word under `key`, or `otherwise`: an unknown value stays readable. */
export const wordOr = (key, otherwise) => word(key) || otherwise;

/** Describes an error of a call. */
export function problem(error) {
  if (navigator.onLine === false) return word('problemOffline');
  if (error.status === 0) return word('problemNoAnswer');
  if (error.status === 429) return word('tooMany', { seconds: seconds(error.retryAfterMs) });
  if (error.status === 404) return word('problemNotFound');
  if (!error.status || error.code === 'unknown') return word('problemOther');
  // The Worker's words, in the requested language.
  return error.errors?.[0]?.detail ?? error.message;
}
