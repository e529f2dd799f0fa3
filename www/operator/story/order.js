// An order: its data, timeline, attempts and webhooks.
import { deliveriesSection } from '../deliveries.js';
import { need } from '../needs.js';
import { section } from '../section.js';
import { externalIdFact } from './external-id.js';

export const orderTitle = ({ order }, { word }) => word('story.ofOrder', { reference: order.reference });

/** Returns the timeline, the attempts and the webhooks. */
export function orderParts(detail, tools) {
  return [
    section('story.timeline', timeline(detail, tools)),
    section('story.attempts', attempts(detail, tools)),
    deliveriesSection(detail.deliveries, tools),
  ];
}

/** Describes why a person has to look, for each reason of an attempt. */
export function orderNotes({ attempts: all, paidTwice }, { notice }) {
  const reasons = new Set(all.map(({ onHold }) => onHold).filter(Boolean));
  if (paidTwice) reasons.add('paid-twice');
  return [...reasons].map((reason) => {
    const { what, advice } = need({ kind: 'order', reason });
    return notice({ title: what, text: advice, tone: 'bad' });
  });
}

export function orderFacts(
  { order, externalId, attempts: all, history },
  { code, facts, href, element, money, state, time, word },
) {
  const paidAt = [...history].reverse().find(({ what }) => what === 'paid')?.at;
  const { paymentId } = all.find(({ number }) => number === order.attempt) ?? {};
  const payment = paymentId && element('a', { href: href('story', { payment: paymentId }) }, code(paymentId));
  const isOpen = order.status === 'awaiting-payment';
  return facts([
    [word('amount'), money(order.amount, order.currency)],
    [word('status'), state(order.status)],
    [word('concept'), order.description],
    [word('createdAt'), all[0] && time(all[0].startedAt)],
    [word('paidAt'), paidAt && time(paidAt)],
    [word(isOpen ? 'expiresAt' : 'expiredAt'), (isOpen || order.status === 'expired') && time(order.expiresAt)],
    externalIdFact({ reference: order.reference, externalId }, { code, word }),
    [word('paymentId'), payment],
  ]);
}

function timeline({ history, order }, { element, soft, time, word, wordOr }) {
  if (history.length === 0) return element('p', { className: 'soft', textContent: word('story.nothing') });
  const hasMany = order.attempt > 1;
  const steps = history.map(({ at, attempt, what, role }) =>
    element(
      'li',
      { data: { what } },
      element(
        'p',
        {},
        wordOr(`history.${what}`, what),
        ...(role ? [' ', soft(wordOr(`by.${role}`, role))] : []),
        ...(hasMany ? [' ', soft(word('story.attemptNumber', { number: attempt }))] : []),
      ),
      time(at, { exact: true }),
    ),
  );
  return element('ol', { className: 'timeline' }, ...steps);
}

function attempts({ attempts: all, order }, { code, href, number, soft, state, table, time, word }) {
  const columns = [
    {
      name: word('story.attempt'),
      kind: 'main',
      cell: (attempt) => word('story.attemptNumber', { number: attempt.number }),
      below: ({ paymentId }) => soft(paymentId ? code(paymentId) : word('story.noPayment')),
    },
    { name: word('status'), cell: (attempt) => state(endOf(attempt, order)) },
    { name: word('externalIdThere'), kind: 'wide', cell: ({ externalId }) => code(externalId) },
    { name: word('createdAt'), cell: ({ startedAt }) => time(startedAt) },
    { name: word('expiresAt'), cell: ({ expiresAt }) => time(expiresAt) },
    { name: word('story.reads'), kind: 'money', cell: ({ reads }) => number(reads) },
  ];
  const leads = ({ paymentId }) => (paymentId ? href('story', { payment: paymentId }) : undefined);
  return table({ caption: word('story.attempts'), columns, rows: all, href: leads });
}

/** Returns the status of an attempt; while it can be paid, that of the order. */
const endOf = ({ end, number }, order) => (end === 'open' && number === order.attempt ? order.status : end);
