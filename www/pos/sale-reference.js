// Normalises a sale's reference to what the Worker accepts (src/value/sale_reference.rs): 1 to 32 of `A-Z a-z 0-9 _ - .`, beginning with a
// letter or a digit. Pure.
import { visible } from '../pkg/visible-text.js';

const most = 32;
const valid = /^[A-Za-z0-9][A-Za-z0-9_.-]*$/;
/** Letters that have no decomposition. */
const letters = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ł: 'l', ı: 'i' };

/**
 * Returns `{ reference }` for what was `typed`, nothing for nothing, or a `problem`: `referenceLong`, or `referenceBare` without a letter
 * or digit. A valid reference stays as it is; otherwise accents and capitals are removed, and other characters become dashes.
 */
export function referenceOf(typed) {
  const text = visible(typed);
  if (!text) return {};
  const reference = valid.test(text) ? text : dashed(text);
  if (!reference) return { problem: 'referenceBare' };
  return reference.length > most ? { problem: 'referenceLong' } : { reference };
}

const dashed = (text) =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[ßæœøđłı]/g, (letter) => letters[letter])
    .replace(/[^a-z0-9_.]+/g, '-')
    .replace(/^[-_.]+|-+$/g, '');
