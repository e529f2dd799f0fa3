// Amounts, and other numbers, as people type and paste them.
import { visibleInOrder } from '/pkg/visible-text.js';
import { decimalText, readAmount } from '/staff/amount.js';

/** Returns the decimal text of an amount. What is no amount stays as it is, for the Worker to report. */
export function decimalOf(typed) {
  const { centavos } = readAmount(typed);
  return centavos === undefined ? visibleInOrder(typed) : decimalText(centavos);
}

/** Returns whether decimal text is an amount above zero. */
export const isAmount = (decimal) => /^\d{1,8}(\.\d{1,2})?$/.test(decimal) && Number(decimal) > 0;
