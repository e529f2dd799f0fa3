// Which view shows what is named somewhere, with which parameters. Pure: tests run it in Node.

const order = ({ reference }) => reference && { view: 'story', reference };
const payment = ({ paymentId }) => paymentId && { view: 'story', payment: paymentId };
const charge = ({ reference }) => reference && { view: 'story', charge: reference };
const card = ({ paymentMethod, reference }) => {
  if (paymentMethod) return { view: 'cards', id: paymentMethod };
  return reference && { view: 'cards', reference };
};

/** What an event is about, by the first part of its type. */
const subjects = { order, 'payment-intent': charge, payment: charge, 'payment-method': card };

const places = {
  order,
  payment,
  'payment-intent': charge,
  'card-payment': charge,
  refund: charge,
  card,
  event: (known) => subjects[known.type?.split('.')[0]]?.(known),
  finding: (known) => order(known) ?? payment(known),
  reconciliation: () => ({ view: 'reconciliation' }),
};

/**
 * The view that shows a `kind`, found by what is `known` of it: `reference` is ours, `paymentId` and `paymentMethod` are Compago's,
 * `type` is an event's. Undefined if nothing leads to a view: a payment without a reference of ours and without an id.
 */
export const placeOf = (kind, known) => places[kind]?.(known) || undefined;

/**
 * The view that shows an item of the attention list. A webhook that has not arrived is sent again from the view that shows what it is
 * about; a card's view shows no webhooks.
 */
export function placeOfNeed({ kind, key, ...known }) {
  if (kind === 'order') return placeOf('order', { ...known, reference: known.reference ?? key });
  if (kind !== 'webhook') return placeOf(kind, known);
  const about = placeOf('event', known);
  return about?.view === 'story' ? about : { view: 'webhooks', state: 'parked' };
}
