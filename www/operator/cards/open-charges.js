// Charges that this tab sent and whose end it has not seen, by card: each goes out again under the same key until it has.
import { ofTab } from '/lib/kept.js';

const place = ofTab('operator.charges');

export const openCharges = {
  /** `{ key, body }` of a card's charge. */
  of: (card) => place.read()?.[card],
  keep: (card, request) => place.write({ ...place.read(), [card]: request }),
  drop: (card) => {
    const { [card]: gone, ...others } = place.read() ?? {};
    place.write(others);
  },
};
