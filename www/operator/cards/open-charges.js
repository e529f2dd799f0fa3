// Charges of this tab without an outcome, by card: each is repeated under the same key.
import { ofTab } from '/lib/kept.js';

const place = ofTab('operator.charges');

export const openCharges = {
  /** Returns `{ key, body }` of a card's charge. */
  of: (card) => place.read()?.[card],
  keep: (card, request) => place.write({ ...place.read(), [card]: request }),
  drop: (card) => {
    const { [card]: gone, ...others } = place.read() ?? {};
    place.write(others);
  },
};
