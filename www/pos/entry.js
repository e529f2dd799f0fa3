// Turns keys of the pad into an amount. Digits alone fill from the right in centavos, as on a card terminal; with a point or a comma they
// are an amount as people write it. Pure: `typed` is the text of the keys so far.
import { largestCentavos, readAmount } from '../staff/amount.js';

/** Incomplete thousands, which cannot be read yet. */
const unfinished = /^\d{1,3}(?:,\d{3})*,\d{0,3}$|^\d{1,3}(?:\.\d{3})*\.\d{0,3}$/;
const mostDigits = String(largestCentavos).length;

/** Returns the amount in centavos, or undefined while `typed` is ambiguous or invalid. */
export function centavosOf(typed) {
  return /^\d*$/.test(typed) ? Number(typed) : readAmount(typed).centavos;
}

/** Returns the keys of an amount in centavos. */
export const typedOf = (centavos) => (centavos > 0 ? String(centavos) : '');

/**
 * Returns `{ typed }` after `key`, with a `problem` if the key is not accepted: `tooLarge`, `decimals` (there are two already) or
 * `notAmount`.
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
