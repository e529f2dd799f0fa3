// What the keys of the pad make of an amount. Digits alone fill from the right in centavos, as on a card terminal; with a
// point or a comma they are an amount as people write it. Pure: `typed` is the text that the keys have made so far.
import { largestCentavos, readAmount } from '../staff/amount.js';

/** Thousands that are being typed: readable only once their last group is complete. */
const unfinished = /^\d{1,3}(?:,\d{3})*,\d{0,3}$|^\d{1,3}(?:\.\d{3})*\.\d{0,3}$/;
const mostDigits = String(largestCentavos).length;

/** The amount in centavos; undefined while what was typed can be read in more than one way, or in none. */
export function centavosOf(typed) {
  return /^\d*$/.test(typed) ? Number(typed) : readAmount(typed).centavos;
}

/** The keys of `typed` for an amount in centavos. */
export const typedOf = (centavos) => (centavos > 0 ? String(centavos) : '');

/**
 * What `key` makes of `typed`: `{ typed }`, with a `problem` where the key is not taken: `tooLarge`, `decimals` (there are
 * two already) or `notAmount` (no key of an amount).
 */
export function press(typed, key) {
  if (key === 'Escape') return { typed: '' };
  if (key === 'Backspace') return { typed: typed.slice(0, -1) };
  if (/^[.,]$/.test(key)) return accept(typed, `${typed || '0'}${key}`);
  if (/^\d+$/.test(key)) return accept(typed, /^0*$/.test(typed) ? key.replace(/^0+/, '') : `${typed}${key}`);
  return { typed, problem: 'notAmount' };
}

function accept(typed, next) {
  if (next.replace(/\D/g, '').length > mostDigits) return { typed, problem: 'tooLarge' };
  if (/^\d*$/.test(next)) return { typed: next };
  const { centavos, problem } = readAmount(next);
  if (problem === 'tooLarge') return { typed, problem };
  if (centavos === undefined && !unfinished.test(next)) return { typed, problem: 'decimals' };
  return { typed: next };
}
