// What a sale's reference becomes on its way to Compago. Pure: 1 to 32 of `A-Z a-z 0-9 _ - .`, beginning with a letter or a
// digit, as the Worker takes it (src/value/sale_reference.rs).
import { visible } from '../pkg/visible-text.js';

const most = 32;
const valid = /^[A-Za-z0-9][A-Za-z0-9_.-]*$/;
/** Letters that are no letter with an accent. */
const letters = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ł: 'l', ı: 'i' };

/**
 * The reference for what was `typed`: `{ reference }`, nothing for nothing, or a `problem`: `referenceLong`, or `referenceBare` if
 * no letter or digit is in it. What is valid stays as it is; of anything else the letters lose accents and capitals, and what
 * cannot stand in a reference (spaces, signs, emoji) becomes a dash.
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
