// Describes why something needs a person.
import { word } from '/lib/words.js';
import { wordOr } from './format.js';

/** Reasons that are the same for every kind. */
const OF_EVERY_KIND = new Set(['unreadable', 'storage-lost']);

/** Kinds whose detail view shows the index, as lists do. */
const OF_THE_INDEX = new Set(['payment-intent', 'card-payment', 'refund']);

/** Returns what happened and what to do, `{ what, advice }`, of an item of the attention list. */
export function need({ kind, reason }) {
  const key = keyOf(kind, reason);
  const isUnreadable = reason === 'unreadable' && OF_THE_INDEX.has(kind);
  return {
    what: wordOr(key, word(`need.${kind}`) || reason),
    advice: wordOr(isUnreadable ? 'need.unreadable.charge.do' : `${key}.do`, word(`need.${kind}.do`)),
  };
}

function keyOf(kind, reason) {
  if (kind === 'finding') return `finding.${reason}`;
  return OF_EVERY_KIND.has(reason) ? `need.${reason}` : `need.${kind}.${reason}`;
}
