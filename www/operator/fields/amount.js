// Amounts as people type them.

/**
 * The decimal text that an amount stands for: `$1,250.5 MXN` is `1250.5`. Commas count only where they part thousands;
 * what is not an amount stays as it is, for the Worker to say so.
 */
export function decimalOf(typed) {
  const bare = typed.trim().replace(/^\$\s*/, '').replace(/\s*MXN$/i, '').replaceAll(/\s/g, '');
  return /^\d{1,3}(,\d{3})+(\.\d*)?$/.test(bare) ? bare.replaceAll(',', '') : bare;
}

/** Whether decimal text is an amount above zero. */
export const isAmount = (decimal) => /^\d{1,8}(\.\d{1,2})?$/.test(decimal) && Number(decimal) > 0;
