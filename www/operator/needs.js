// In which words it is told why something needs a person, and where its story is.
import { word } from '/lib/words.js';
import { addressOf, storyOf } from './address.js';
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

/** Where the story of an item is told; undefined if nothing is known of it but what the item says. */
export function whereOf({ kind, key, reference, paymentId, paymentMethod, type }) {
  switch (kind) {
    case 'order':
      return storyOf({ reference: reference ?? key });
    case 'finding':
      return storyOf({ reference, paymentId });
    case 'payment-intent':
      return paymentId ? addressOf('story', { intent: paymentId }) : undefined;
    case 'card-payment':
    case 'refund':
      return addressOf('cards', { id: paymentMethod });
    case 'webhook':
      return type?.startsWith('order.') && reference
        ? storyOf({ reference })
        : addressOf('webhooks', { state: 'parked' });
    case 'reconciliation':
      return addressOf('reconciliation');
    default:
      return undefined;
  }
}
