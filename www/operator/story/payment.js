// A payment as Compago tells it. Once it is final or has run out, a read names little but its status: the rest is what the
// list showed of it, here or when it was last reconciled.
import { nameOf, stateOf } from '../payments.js';

/** The order of ours that it was made for, as far as anything says so. */
export const referenceOf = ({ payment, order, shown }) => payment.reference ?? order?.order.reference ?? shown?.reference;

/** Whether another system has made it. A read that returns the status alone, before the index knows the payment, does not say. */
const isForeign = (detail) =>
  !referenceOf(detail) && Boolean(detail.payment.amount !== null || detail.shown || detail.listed?.otherSystem);

export function paymentTitle({ payment, order, shown }, { word }) {
  const concept = payment.description ?? order?.order.description ?? shown?.description;
  return concept ? word('story.ofPaymentNamed', { concept }) : word('story.ofPayment');
}

/** What has to be said of it before its facts. */
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
  // An order may not be the payment's own: what Compago says of the payment goes first.
  const { amount, currency } = [payment, shown, listed, order?.order].find((source) => source?.amount) ?? {};
  const externalId = first('externalId') ?? order?.externalId;
  const expiresAt = payment.expiresAt ?? (payment.status === 'pending' && shown?.expiresAt);
  // The list may have been read before it changed last.
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
    [word('externalId'), externalId && code(externalId)],
    [word('paymentId'), code(payment.id)],
  ]);
}
