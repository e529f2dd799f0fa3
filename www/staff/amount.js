// Parses an amount of pesos that was typed or pasted. Pure; shared by the till and the operator's page.
import { visibleInOrder } from '../pkg/visible-text.js';

/** The largest amount of the Worker, $99,999,999.99, in centavos. */
export const largestCentavos = 9_999_999_999;

/** Pesos, with up to two decimals after a point; one kind of separator for thousands. */
const withPoint = /^(\d+|[1-9]\d{0,2}(?:([,'’ ])\d{3})(?:\2\d{3})*)(?:\.(\d{0,2}))?$/;
/** The same with a decimal comma. */
const withComma = /^(\d+|[1-9]\d{0,2}(?:([.'’ ])\d{3})(?:\2\d{3})*)(?:,(\d{0,2}))?$/;
/** A point before three digits: 1.25 with a digit too many, or thousands. */
const ambiguous = /^\d{1,3}\.\d{3}$/;

/**
 * Reads `text`: `{ centavos }`, or `{ problem }`, which is `unreadable` or `tooLarge`.
 *
 * `12.5`, `12,5`, `$1,250.50 MXN`, `1.250,50` and `1 250.50` are understood; `1,250` is thousands, as in Mexico.
 */
export function readAmount(text) {
  const bare = visibleInOrder(text.normalize('NFKC'))
    .replace(/\s+/g, ' ')
    .replace(/^(?:MXN ?)?(?:MX)?\$ ?|^MXN ?/i, '')
    .replace(/ ?(?:MXN|M\.N\.)$/i, '');
  const written = /^[.,]\d{1,2}$/.test(bare) ? `0${bare}` : bare;
  const parts = ambiguous.test(written) ? null : (withPoint.exec(written) ?? withComma.exec(written));
  if (!parts) return { problem: 'unreadable' };
  const [, pesos, , decimals = ''] = parts;
  const digits = pesos.replace(/\D/g, '').replace(/^0+(?=\d)/, '');
  // More digits than a number can hold are too many in any case.
  if (digits.length > 12) return { problem: 'tooLarge' };
  const centavos = Number(digits) * 100 + Number(decimals.padEnd(2, '0'));
  return centavos > largestCentavos ? { problem: 'tooLarge' } : { centavos };
}

/** Formats centavos as decimal text, in integer arithmetic. */
export const decimalText = (centavos) => `${Math.floor(centavos / 100)}.${String(centavos % 100).padStart(2, '0')}`;
