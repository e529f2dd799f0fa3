// Which view shows what is named somewhere, with which parameters. Pure.

const order = ({ reference }) => reference && { view: 'story', reference };
const payment = ({ paymentId }) => paymentId && { view: 'story', payment: paymentId };
const charge = ({ reference }) => reference && { view: 'story', charge: reference };
const card = ({ paymentMethod, reference }) => {
  if (paymentMethod) return { view: 'cards', id: paymentMethod };
  return reference && { view: 'cards', reference };
};

/** The subject of an event, by the first part of its type. */
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
 * Returns the view of a `kind`, found by what is `known` of it: `reference` is ours, `paymentId` and `paymentMethod` are Compago's, `type`
 * is an event's. Undefined without any of these.
 */
export const placeOf = (kind, known) => places[kind]?.(known) || undefined;

/**
 * Returns the view of an item of the attention list. An undelivered webhook is redelivered from the view of its subject; a card's view
 * shows no webhooks.
 */
export function placeOfNeed({ kind, key, ...known }) {
  if (kind === 'order') return placeOf('order', { ...known, reference: known.reference ?? key });
  if (kind !== 'webhook') return placeOf(kind, known);
  const about = placeOf('event', known);
  return about?.view === 'story' ? about : { view: 'webhooks', state: 'parked' };
}
