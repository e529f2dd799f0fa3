// A payment at Compago. Once it is final or has expired, a read returns little but its status: the rest is what the list showed, here or at
// the last reconciliation.
import { nameOf, stateOf } from '../payments.js';
import { externalIdFact } from './external-id.js';

/** Returns the reference of our order that it was created for, as far as known. */
export const referenceOf = ({ payment, order, shown }) => payment.reference ?? order?.order.reference ?? shown?.reference;

/** Returns whether another system created it. It is unknown after a read that returns the status alone, before the index has the payment. */
const isForeign = (detail) =>
  !referenceOf(detail) && Boolean(detail.payment.amount !== null || detail.shown || detail.listed?.otherSystem);

export function paymentTitle({ payment, order, shown }, { word }) {
  const concept = payment.description ?? order?.order.description ?? shown?.description;
  return concept ? word('story.ofPaymentNamed', { concept }) : word('story.ofPayment');
}

/** Returns the notices before the facts. */
export function paymentNotes(detail, { moment, notice, word }) {
  const { payment, order, shown, listed } = detail;
  const notes = [];
  if (isForeign(detail)) notes.push(word('story.foreign'));
  if (payment.amount === null && (listed || !order)) {
    const source = shown ? 'Shown' : listed ? 'Listed' : '';
    notes.push(word(`story.limited${source}`, { time: listed && moment(listed.at) }));
  }
  return notes.length ? [notice({ text: notes.join(' ') })] : [];
}

export function paymentFacts({ payment, order, shown, listed }, { code, facts, money, state, time, word }) {
  const first = (name) => [payment, shown, listed].map((source) => source?.[name]).find(Boolean);
  // The order may belong to another payment: Compago's data comes first.
  const { amount, currency } = [payment, shown, listed, order?.order].find((source) => source?.amount) ?? {};
  const externalId = first('externalId') ?? order?.externalId;
  const expiresAt = payment.expiresAt ?? (payment.status === 'pending' && shown?.expiresAt);
  // The list may be older than the last change.
  const updatedAt = payment.updatedAt ?? (shown?.status === payment.status && shown.updatedAt);
  const payer = first('payer');
  return facts([
    [word('amount'), amount && money(amount, currency)],
    [word('status'), state(stateOf(payment))],
    [word('customer'), payer && nameOf(payer)],
    [word('email'), payer?.email],
    [word('phone'), payer?.phoneNumber],
    [word('createdAt'), first('createdAt') && time(first('createdAt'))],
    [word('updatedAt'), updatedAt && time(updatedAt)],
    [word(payment.expired ? 'expiredAt' : 'expiresAt'), expiresAt && time(expiresAt)],
    externalIdFact({ reference: first('reference') ?? order?.order.reference, externalId }, { code, word }),
    [word('paymentId'), code(payment.id)],
  ]);
}
