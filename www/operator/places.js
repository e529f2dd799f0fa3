// Where what is named somewhere is told: the view and its parameters. Pure: tests run it in Node.

const order = ({ reference }) => reference && { view: 'story', reference };
const payment = ({ paymentId }) => paymentId && { view: 'story', payment: paymentId };
const charge = ({ reference }) => reference && { view: 'story', charge: reference };
const card = ({ paymentMethod, reference }) => {
  if (paymentMethod) return { view: 'cards', id: paymentMethod };
  return reference && { view: 'cards', reference };
};

/** What the first part of an event's type says that it tells of. */
const subjects = { order, 'payment-intent': charge, payment: charge, 'payment-method': card };

const places = {
  order,
  payment,
  'payment-intent': charge,
  'card-payment': charge,
  refund: charge,
  card,
  event: (told) => subjects[told.type?.split('.')[0]]?.(told),
  finding: (told) => order(told) ?? payment(told),
  reconciliation: () => ({ view: 'reconciliation' }),
};

/**
 * Where `kind` is told, by what is `known` of it: `reference` is ours, `paymentId` and `paymentMethod` are Compago's, `type`
 * is an event's. Undefined if it cannot be told of more than what says so: a payment that bears no name of ours and no id.
 */
export const placeOf = (kind, known) => places[kind]?.(known) || undefined;

/**
 * Where an item of the attention list is told. A webhook that has not arrived is sent again where it is told of what it is
 * about; a card's own page shows none.
 */
export function placeOfNeed({ kind, key, ...known }) {
  if (kind === 'order') return placeOf('order', { ...known, reference: known.reference ?? key });
  if (kind !== 'webhook') return placeOf(kind, known);
  const about = placeOf('event', known);
  return about?.view === 'story' ? about : { view: 'webhooks', state: 'parked' };
}
