// A payment as Compago tells it. Once it is final or has run out, a read names little but its status.
import { nameOf, stateOf } from '../payments.js';

export function paymentTitle({ payment, order }, { word }) {
  const concept = payment.description ?? order?.order.description;
  return concept ? word('story.ofPaymentNamed', { concept }) : word('story.ofPayment');
}

/** What has to be said of it before its facts. */
export function paymentNotes({ payment, order }, { notice, word }) {
  if (order) return [];
  if (payment.amount === null) return [notice({ text: word('story.limited') })];
  return payment.reference ? [] : [notice({ text: word('story.foreign') })];
}

export function paymentFacts({ payment, order }, { code, facts, money, state, time, word }) {
  const { amount, currency } = payment.amount === null && order ? order.order : payment;
  const externalId = payment.externalId ?? order?.externalId;
  const { payer } = payment;
  return facts([
    [word('amount'), amount && money(amount, currency)],
    [word('status'), state(stateOf(payment))],
    [word('customer'), payer && nameOf(payer)],
    [word('email'), payer?.email],
    [word('phone'), payer?.phoneNumber],
    [word('createdAt'), payment.createdAt && time(payment.createdAt)],
    [word('updatedAt'), payment.updatedAt && time(payment.updatedAt)],
    [word(payment.expired ? 'expiredAt' : 'expiresAt'), payment.expiresAt && time(payment.expiresAt)],
    [word('externalId'), externalId && code(externalId)],
    [word('paymentId'), code(payment.id)],
  ]);
}
