// Amounts, and other numbers, as people type and paste them.

/** What a paste brings along and nobody sees, but for the controls of the reading direction: under them, digits may be shown in another order. */
const invisible = /(?![\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069])\p{Default_Ignorable_Code_Point}/gu;

/** The text without what nobody sees, inside and at its ends. */
export const visible = (typed) => typed.replace(invisible, '').trim();

/**
 * The decimal text that an amount stands for: `$1,250.5 MXN` is `1250.5`. Commas count only where they part thousands;
 * what is not an amount stays as it is, for the Worker to say so.
 */
export function decimalOf(typed) {
  const bare = visible(typed).replace(/^\$\s*/, '').replace(/\s*MXN$/i, '').replaceAll(/\s/g, '');
  return /^\d{1,3}(,\d{3})+(\.\d*)?$/.test(bare) ? bare.replaceAll(',', '') : bare;
}

/** Whether decimal text is an amount above zero. */
export const isAmount = (decimal) => /^\d{1,8}(\.\d{1,2})?$/.test(decimal) && Number(decimal) > 0;
