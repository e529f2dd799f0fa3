// In which words it is told why something needs a person.
import { word } from '/lib/words.js';
import { wordOr } from './format.js';

/** Reasons that are the same for every kind. */
const OF_EVERY_KIND = new Set(['unreadable', 'storage-lost']);

/** What happened, and what a person does: `{ what, advice }` of an item of the attention list. */
export function need({ kind, reason }) {
  const key = keyOf(kind, reason);
  return {
    what: wordOr(key, word(`need.${kind}`) || reason),
    advice: wordOr(`${key}.do`, word(`need.${kind}.do`)),
  };
}

function keyOf(kind, reason) {
  if (kind === 'finding') return `finding.${reason}`;
  return OF_EVERY_KIND.has(reason) ? `need.${reason}` : `need.${kind}.${reason}`;
}
