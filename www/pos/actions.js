// The actions of each visible state of a charge.
import { action } from '/lib/dom.js';
import { money, word } from '/lib/words.js';
import { ask } from '/staff/ask.js';
import { begin, cancelIt, displace, isOver, leave, send, update, watch } from './flow.js';

/** The URL scheme of Compago's app on Android terminals. */
const appScheme = 'compago-pos-app:';
const isAndroid = /Android/i.test(navigator.userAgent);

/** Returns the buttons of a visible state, the most likely first. */
export const actionsOf = (state) => (actions[state.name]?.(state) ?? []).filter(Boolean);

const actions = {
  waiting: ({ charge }) => [
    isAndroid && charge.deepLink?.startsWith(appScheme) && link(charge.deepLink),
    action(word('cancelCharge'), { kind: 'large', onClick: cancelIt }),
  ],

  paid: ({ own }) => [
    action(word('newSale'), { kind: 'primary large', onClick: () => leave({ keep: !own }) }),
    action(word('print'), { kind: 'large', onClick: () => print() }),
  ],

  expired: closed,
  cancelled: closed,

  unknown: ({ charge, own }) => [own && action(word('notApproved'), { kind: 'large', onClick: () => notApproved(charge) })],

  busy: ({ body, other }) => [
    other && action(word('follow'), { kind: 'primary large', onClick: () => followOther(other) }),
    other && action(word('takeOver'), { kind: 'large', onClick: () => takeOver(body, other) }),
  ],

  free: ({ body }) => [chargeButton('chargeAmount', body)],

  'other-paid': ({ body, other }) => [
    chargeButton('chargeAmount', body),
    other && action(word('seeOther'), { kind: 'large', onClick: () => followOther(other) }),
    newSale(),
  ],

  failed: ({ body, request }) => [
    action(word('tryAgain'), { kind: 'primary large', onClick: () => void (request ? send(request) : begin(body)) }),
  ],

  unsent: ({ retry }) => [action(word('tryAgain'), { kind: 'primary large', onClick: () => void retry() })],

  missing: () => [newSale('primary large')],
  stuck: ({ target, own }) => [
    action(word('tryAgain'), { kind: 'primary large', onClick: () => void watch(target, own) }),
  ],
};

function closed({ charge, own }) {
  if (!own) return [action(word('newSale'), { kind: 'primary large', onClick: () => leave({ keep: true }) })];
  return [chargeButton('chargeAgain', bodyOf(charge)), newSale()];
}

/** Returns whether a visible state has a way back, beside its buttons. */
export const canGoBack = ({ name, trouble }) => !['loading', 'paid'].includes(name) && (name !== 'sending' || trouble);

/** Goes back to the pad, and asks first where a charge would be left that may still succeed. */
export async function goBack(state) {
  const { name, charge, body, own } = state;
  if (name === 'waiting') return askToCancel(state);
  const isOpen = name === 'failed' && state.request?.unsure;
  const unsure = name === 'sending' || isOpen || (name === 'unsent' && own);
  const open = charge && !isOver(charge) && name !== 'missing';
  if ((unsure || open) && !(await askToLeave(charge ?? body))) return undefined;
  if (own === false) return leave(name === 'unsent' ? { charge: body } : { keep: true });
  // What may have been charged is not offered again.
  return leave(open || unsure ? {} : { charge: charge ?? body });
}

/** Returns whether going back needs no confirmation. */
export const isFreeToGo = ({ name }) => freeToGo.includes(name);
const freeToGo = ['free', 'busy', 'other-paid', 'paid', 'expired', 'cancelled', 'missing'];

async function askToCancel({ charge, own }) {
  const answer = await ask({
    title: word('cancelAsk', { amount: money(charge.amount, charge.currency) }),
    text: word('cancelAskText'),
    choices: [
      { label: word('cancelYes'), value: 'cancel', kind: 'danger' },
      ...(own ? [] : [{ label: word('leaveRunning'), value: 'leave' }]),
      { label: word('stay'), value: 'stay', kind: 'primary' },
    ],
  });
  if (answer === 'cancel') await cancelIt();
  if (answer === 'leave') leave({ keep: true });
}

async function askToLeave({ terminalCode }) {
  const answer = await ask({
    title: word('leaveAsk'),
    text: word(terminalCode ? 'leaveText' : 'leaveAnyText'),
    choices: [
      { label: word('leaveYes'), value: 'leave' },
      { label: word('stayHere'), value: 'stay', kind: 'primary' },
    ],
  });
  return answer === 'leave';
}

async function takeOver(body, other) {
  const values = {
    terminal: body.terminalCode,
    other: money(other.amount, other.currency),
    amount: money(body.amount),
  };
  const unknown = other.status === 'unknown';
  const answer = await ask({
    title: word('takeOverAsk', values),
    text: word(unknown ? 'takeOverUnknownText' : 'takeOverText', values),
    choices: [
      { label: word(unknown ? 'takeOverUnknownYes' : 'takeOverYes', values), value: 'yes', kind: 'danger' },
      { label: word('back'), value: 'no', kind: 'primary' },
    ],
  });
  if (answer === 'yes') displace(other, body, false);
}

async function notApproved(charge) {
  const amount = money(charge.amount, charge.currency);
  const answer = await ask({
    title: word('notApprovedAsk'),
    text: word('notApprovedText', { amount }),
    choices: [
      { label: word('notApprovedYes', { amount }), value: 'yes', kind: 'danger' },
      { label: word('back'), value: 'no', kind: 'primary' },
    ],
  });
  if (answer === 'yes') displace(charge, bodyOf(charge), true);
}

function followOther(other) {
  update(other, false);
  void watch(other, false);
}

const newSale = (kind = 'large') => action(word('newSale'), { kind, onClick: () => leave({}) });

const chargeButton = (key, body) =>
  action(word(key, { amount: money(body.amount) }), { kind: 'primary large', onClick: () => void begin(body) });

/** Returns the body of the same charge. */
const bodyOf = ({ amount, terminalCode, reference }) => ({
  amount,
  ...(terminalCode && { terminalCode }),
  ...(reference && { reference }),
});

const link = (href) => action(word('thisDevice'), { kind: 'primary large', href });
