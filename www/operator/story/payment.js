// A payment as Compago tells it. Once it is final or has run out, a read names little but its status: the rest is what the
// list showed of it, here or when it was last reconciled.
import { nameOf, stateOf } from '../payments.js';

/** Whether it is an order's of ours, as far as the Worker knows. */
export const isOurs = ({ payment, order }) => Boolean(payment.reference ?? order);

export function paymentTitle({ payment, order, shown }, { word }) {
  const concept = payment.description ?? order?.order.description ?? shown?.description;
  return concept ? word('story.ofPaymentNamed', { concept }) : word('story.ofPayment');
}

/** What has to be said of it before its facts. */
export function paymentNotes(told, { moment, notice, word }) {
  const { payment, order, shown, listed } = told;
  const notes = [];
  if (!isOurs(told)) notes.push(word('story.foreign'));
  if (!order && payment.amount === null) {
    const source = shown ? 'Shown' : listed ? 'Listed' : '';
    notes.push(word(`story.limited${source}`, { time: listed && moment(listed.at) }));
  }
  return notes.length ? [notice({ text: notes.join(' ') })] : [];
}

export function paymentFacts({ payment, order, shown, listed }, { code, facts, money, state, time, word }) {
  const first = (name) => [payment, shown, listed].map((source) => source?.[name]).find(Boolean);
  const { amount, currency } = [payment, order?.order, shown, listed].find((source) => source?.amount) ?? {};
  const externalId = payment.externalId ?? order?.externalId ?? first('externalId');
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
