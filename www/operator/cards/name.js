// The name of a card.
import { word } from '/lib/words.js';
import { networkName } from '/staff/networks.js';

/** Returns `Visa terminación 4242`, as far as Compago returns it; undefined for a card that is not saved yet. */
export function nameOf({ card }) {
  const { network, lastFourDigits } = card ?? {};
  const name = networkName(network) ?? word('cards.card');
  if (lastFourDigits) return word('cards.ending', { name, digits: lastFourDigits });
  return network ? name : undefined;
}
