// View models of the visible states of a charge. They say no more than the page knows.
import { money, word } from '/lib/words.js';
import { networkName } from '/staff/networks.js';
import { referenceIn } from '/staff/references.js';
import { writtenOf } from './pad.js';
import { moment } from './time.js';

/**
 * Returns the view model of a state: `picture`, `title` (with a terminal's `code` in it), `text`, `amount` and optionally `advice` (a
 * list), `facts` (pairs of name and value) and `clock` (the charge whose time runs).
 */
export const viewModelOf = (state) => (viewModels[state.name] ?? viewModels.unknown)(state);

const viewModels = {
  loading: () => ({ picture: 'loading', title: word('loadingTitle') }),

  sending: ({ body, trouble }) => ({
    picture: 'sending',
    amount: body.amount,
    ...(trouble ? { title: word('noAnswerTitle') } : titled(body.takeOver ? 'takingOverTitle' : 'sendingTitle', 'sendingAnyTitle', body)),
    text: trouble ? noAnswer(body) : body.takeOver ? word('takingOverText') : '',
  }),

  waiting: ({ charge, own }) => ({
    picture: 'waiting',
    amount: charge.amount,
    ...titled('waitingTitle', 'waitingAnyTitle', charge),
    text: word('waitingText'),
    note: own ? undefined : word('elsewhere'),
    clock: charge,
    facts: [named('referenceWord', writtenOf(charge.reference))],
  }),

  'cancel-requested': ({ charge }) => ({
    picture: 'sending',
    amount: charge.amount,
    title: word('cancelRequestedTitle'),
    text: word('cancelRequestedText'),
  }),

  paid: ({ charge }) => ({
    picture: 'paid',
    amount: charge.amount,
    title: word('paidTitle'),
    facts: [
      named('card', cardOf(charge)),
      named('paidAt', charge.paidAt && moment(charge.paidAt)),
      named('referenceWord', writtenOf(charge.reference)),
    ],
  }),

  expired: ({ charge }) => ({
    picture: 'expired',
    amount: charge.amount,
    title: word('expiredTitle'),
    text: word('expiredText'),
  }),

  cancelled: ({ charge, own, isCancelledHere }) => ({
    picture: 'cancelled',
    amount: charge.amount,
    title: word('cancelledTitle'),
    text: word(own && !isCancelledHere ? 'cancelledElsewhereText' : 'cancelledText'),
  }),

  unknown: ({ charge }) => ({
    picture: 'unknown',
    amount: charge.amount,
    ...titled('unknownTitle', 'unknownAnyTitle', charge),
    text: word('unknownText'),
    advice: [word('unknownApproved'), word('unknownNone')],
    facts: [named('referenceWord', writtenOf(charge.reference)), named('orderReference', referenceIn(charge.externalId))],
  }),

  busy: ({ body, other }) => ({
    picture: 'busy',
    ...titled('busyTitle', 'busyTitle', body),
    text: word(other?.status === 'unknown' ? 'busyUnknownText' : 'busyText', { amount: money(body.amount) }),
    clock: other?.status === 'waiting' ? other : undefined,
    facts: other && [
      named('busyAmount', money(other.amount, other.currency)),
      named('referenceWord', writtenOf(other.reference)),
    ],
  }),

  free: ({ body }) => ({
    picture: 'sending',
    amount: body.amount,
    ...titled('freeTitle', 'freeTitle', body),
    text: word('freeText', { amount: money(body.amount) }),
  }),

  'other-paid': ({ body, other }) => ({
    picture: 'busy',
    title: word('otherPaidTitle'),
    text: word('otherPaidText', { amount: money(body.amount) }),
    facts: other && [
      named('busyAmount', money(other.amount, other.currency)),
      named('card', cardOf(other)),
      named('paidAt', other.paidAt && moment(other.paidAt)),
      named('referenceWord', writtenOf(other.reference)),
    ],
  }),

  failed: ({ body, error, request }) => ({
    picture: 'failed',
    amount: body.amount,
    title: word('failedTitle'),
    text: failure(error, request),
  }),

  unsent: ({ body, own }) => ({
    picture: 'failed',
    amount: body.amount,
    title: word('unsentTitle'),
    text: word(own ? 'unsentOwnText' : 'unsentText', { amount: money(body.amount) }),
  }),

  missing: () => ({ picture: 'unknown', title: word('missingTitle'), text: word('missingText') }),

  stuck: ({ charge }) => ({
    picture: 'failed',
    amount: charge?.amount,
    title: word('stuckTitle'),
    text: word('stuckText'),
  }),
};

/** Describes a request without an answer: it may have reached the terminal, or cancelled the charge there. */
function noAnswer({ terminalCode: terminal, takeOver }) {
  if (takeOver) return word('noAnswerTakeOver', { terminal });
  return word(terminal ? 'noAnswer' : 'noAnswerAny', { terminal });
}

/** Describes a failure; an open `request` may have been carried out if it is `unsure`. */
function failure(error, request) {
  if (request) return word(request.unsure ? 'failedUnsure' : 'failedText');
  switch (error.code) {
    case 'provider-refused':
    case 'misconfigured':
      return word('failedSetup');
    case 'forbidden':
      return word('failedForbidden');
    default:
      return word('failedText');
  }
}

/** Returns `Visa terminación 1111`, as far as known, or undefined. */
export function cardOf({ card }) {
  if (!card?.network && !card?.lastFourDigits) return undefined;
  const network = networkName(card.network) ?? word('cardWord');
  if (!card.lastFourDigits) return network;
  return word('cardEnds', { network, digits: card.lastFourDigits });
}

const titled = (key, anyKey, { terminalCode: code }) => ({
  title: code ? word(key, { terminal: code }) : word(anyKey),
  code,
});

const named = (key, value) => [word(key), value];
