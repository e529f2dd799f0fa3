// Amounts, and other numbers, as people type and paste them.
import { visibleInOrder } from '/pkg/visible-text.js';
import { decimalText, readAmount } from '/staff/amount.js';

/** The decimal text that an amount stands for. What is not an amount stays as it is, for the Worker to say so. */
export function decimalOf(typed) {
  const { centavos } = readAmount(typed);
  return centavos === undefined ? visibleInOrder(typed) : decimalText(centavos);
}

/** Whether decimal text is an amount above zero. */
export const isAmount = (decimal) => /^\d{1,8}(\.\d{1,2})?$/.test(decimal) && Number(decimal) > 0;
