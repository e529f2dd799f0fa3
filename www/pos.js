// The till: the sign-in form, the pad, and the visible state of a charge; one of them is shown. The Worker decides the status of a charge.
import { byId } from '/lib/dom.js';
import { shopName } from '/lib/shop.js';
import { loadLocale, money, word } from '/lib/words.js';
import { readAmount } from '/staff/amount.js';
import { ask, dismiss } from '/staff/ask.js';
import { askToSignIn, drawSignIn, isGood, setUpSignIn } from '/staff/sign-in.js';
import { endSession } from '/staff/sign-out.js';
import { refreshZone, useZone } from '/staff/times.js';
import { actionsOf, canGoBack, goBack, isFreeToGo } from './pos/actions.js';
import { readSession, signIn, signOut } from './pos/calls.js';
import { begin, isOver, leave, resume, setUpFlow, stateNow, stop, update, wake } from './pos/flow.js';
import { setUpKeys } from './pos/keys.js';
import { current, draft, session, written } from './pos/kept.js';
import { drawNet, setUpNet } from './pos/net.js';
import { drawPad, fill, isEmpty, mark, pressKey, reportEarly, setUpPad, showProblem, unscan, wantsKey } from './pos/pad.js';
import { clearState, drawState } from './pos/screen.js';
import { isOn, prepare, turn } from './pos/sound.js';
import { chooseTerminal, chosen, drawTerminals, forget, setUpTerminals } from './pos/terminals.js';
import { setUpPaper } from './pos/ticket.js';

const signInForm = byId('sign-in');
const pad = byId('sale');
const back = byId('back');
/** Charges above this amount, in centavos, need confirmation. It is in the page's markup. */
const askAbove = readAmount(pad.dataset.askAbove ?? '').centavos ?? 2_000_000;
/** For how long keys are ignored after a payment appeared, or after a key that came too early. */
const guardMs = 700;
/** Since when no key was pressed on the screen of a payment. */
let quietSince = 0;
/** The payment whose screen was left by the keys that have come since the latest pause. */
let leftPayment;
/** When the screen of a payment was left, unless a key other than Enter has come since. */
let leftAt = -Infinity;
/** Whether the page is removing the history entry of a charge, which takes a moment. */
let goingBack = false;

setUpFlow({ show, toPad, toSignIn, isIdle });
setUpSignIn({
  enter: async (token) => {
    const begun = await signIn(token);
    useZone(begun);
    session.write(begun);
  },
  onSignedIn: resume,
});
setUpPad(charge);
setUpTerminals();
setUpPaper();
setUpNet();
prepare();
setUpKeys({
  wants: (key, target) => wantsKey(key, target) || leavesPayment(key, target),
  act: (key, repeat) => (stateNow()?.name === 'paid' ? leavePayment(key, repeat) : onPad(key, repeat)),
  mark: () => {
    mark();
    leftPayment = undefined;
  },
  onScan: (target, stopped) => {
    unscan(target, stopped);
    returnToPayment();
  },
  onEarly: reportEarly,
});

byId('sound').addEventListener('click', () => {
  turn(!isOn());
  drawHead();
});
byId('sign-out').addEventListener('click', async () => {
  const answer = await ask({
    title: word('signOutAsk'),
    text: word('signOutText'),
    choices: [
      { label: word('signOut'), value: 'yes', kind: 'danger' },
      { label: word('stayHere'), kind: 'primary' },
    ],
  });
  if (answer !== 'yes') return;
  await endSession(signOut);
  session.drop();
  written.drop();
  // The next person must not find what was typed.
  fill();
  draft.drop();
  toSignIn();
});
back.addEventListener('click', () => goBack(stateNow()));
addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || back.hidden || document.querySelector('dialog[open]')) return;
  // The same key must not close the question that this may open.
  event.preventDefault();
  goBack(stateNow());
});
// The browser's back button leaves the charge, not the till, and asks like the page's own.
addEventListener('popstate', () => {
  const state = stateNow();
  const isOurs = goingBack;
  goingBack = false;
  if (!state || history.state?.charge) return;
  if (isOurs) return markHistory();
  if (isFreeToGo(state)) return void goBack(state);
  markHistory();
  if (canGoBack(state)) goBack(state);
});
addEventListener('pageshow', ({ persisted }) => persisted && start());
document.addEventListener('visibilitychange', () => !document.hidden && wake());

// Another tab signed in or out, started a charge, or went on to the next sale.
session.onElsewhere(() => {
  if (!isGood(session)) toSignIn();
  else if (!signInForm.hidden) resume();
});
current.onElsewhere(() => {
  const state = stateNow();
  if (state ? !state.charge || !isOver(state.charge) : !isIdle()) return;
  if (current.read()) resume();
  else if (state) leave({});
});

await loadLocale(draw, '/words/pos');
start();
if (isGood(session)) refreshZone(session, readSession, draw);

function start() {
  useZone(session.read());
  if (isGood(session)) resume();
  else toSignIn();
}

/** Returns whether the pad is empty and nothing is open. */
function isIdle() {
  return !pad.hidden && isEmpty() && !document.querySelector('dialog[open]');
}

/** Starts a charge, after a terminal was chosen and a large amount was confirmed. */
async function charge(typed) {
  const terminalCode = chosen();
  if (terminalCode === undefined) return chooseTerminal({ then: () => void charge(typed) });
  const body = { ...typed, ...(terminalCode && { terminalCode }) };
  return readAmount(typed.amount).centavos > askAbove && !(await isRight(body)) ? undefined : begin(body);
}

/** Asks to confirm a large amount. */
async function isRight({ amount, terminalCode }) {
  const sum = money(amount);
  const answer = await ask({
    title: word('largeAsk', { amount: sum }),
    text: word(terminalCode ? 'largeText' : 'largeAnyText', { amount: sum, terminal: terminalCode }),
    choices: [
      { label: word('largeYes', { amount: sum }), value: 'yes', kind: 'danger' },
      { label: word('largeNo'), kind: 'primary' },
    ],
  });
  return answer === 'yes';
}

/** Returns whether a key leaves the screen of a payment for the next sale. */
function leavesPayment(key, target) {
  if (stateNow()?.name !== 'paid' || document.querySelector('dialog[open]') || target.matches?.('input')) return false;
  return key === 'Enter' ? !target.closest?.('button, a') : /^\d$/.test(key);
}

/** Enter goes on to the next sale, a digit starts it. Keys right after the payment appeared were typed before it was read. */
function leavePayment(key, repeat) {
  const isEarly = performance.now() - quietSince < guardMs;
  if (isEarly) quietSince = performance.now();
  if (isEarly || repeat) return;
  leftPayment = stateNow();
  leave({ keep: !leftPayment.own });
  if (key !== 'Enter' && isEmpty()) onPad(key);
}

/** On a slow device the first key of a code may count as typing before the next one comes. */
function returnToPayment() {
  if (leftPayment) update(leftPayment.charge, leftPayment.own);
  leftPayment = undefined;
}

/** A second Enter right after leaving a payment must not charge what was typed before. */
function onPad(key, repeat) {
  const isEarly = key === 'Enter' && performance.now() - leftAt < guardMs;
  leftAt = isEarly ? performance.now() : -Infinity;
  if (!isEarly) pressKey(key, repeat);
}

function show(state) {
  if (pad.hidden === false) markHistory();
  pad.hidden = true;
  signInForm.hidden = true;
  if (state.name === 'paid' && document.documentElement.dataset.state !== 'paid') quietSince = performance.now();
  // The subject of a question may have changed with the state.
  if (state.name !== document.documentElement.dataset.state) dismiss();
  back.hidden = !canGoBack(state);
  drawState(state, actionsOf(state));
  drawNet();
  drawHead();
}

/**
 * Shows the pad: with what was typed (`keep`), with the amount and reference of a `charge`, or empty; and with the problems of an `error`.
 */
function toPad({ keep, charge: filled, error } = {}) {
  if (document.documentElement.dataset.state === 'paid') leftAt = performance.now();
  clear();
  pad.hidden = false;
  if (!keep) fill(filled);
  giveUpHistory();
  draw();
  byId('pad-title').focus({ preventScroll: true });
  if (error) showRefusal(filled, error);
}

function showRefusal({ terminalCode }, { code, errors }) {
  if (code === 'terminal-not-found') {
    forget(terminalCode);
    return chooseTerminal({ code: terminalCode, problem: word('terminalNotFound', { code: terminalCode }) });
  }
  for (const { pointer, detail } of errors) {
    if (pointer === '/terminalCode') chooseTerminal({ code: terminalCode, problem: detail || word('refused') });
    else showProblem(pointer === '/reference' ? 'reference' : 'amount', detail || word('refused'));
    if (pointer === '/reference') byId('reference').focus();
  }
  return undefined;
}

function toSignIn(reason) {
  session.drop();
  stop();
  clear();
  pad.hidden = true;
  signInForm.hidden = false;
  draw();
  askToSignIn(reason);
}

function clear() {
  dismiss();
  back.hidden = true;
  signInForm.hidden = true;
  clearState();
}

function draw() {
  drawHead();
  drawSignIn();
  drawTerminals();
  drawPad();
  drawNet();
  const state = stateNow();
  if (state) show(state);
  else document.title = word('pageTitle', { headline: word(signInForm.hidden ? 'newSale' : 'signInTitle'), shop: shopName() });
}

function drawHead() {
  byId('sound').setAttribute('aria-pressed', String(isOn()));
  byId('sign-out').hidden = pad.hidden;
}

/** Adds a history entry for the charge, so that the back button leads to the pad. */
function markHistory() {
  if (!history.state?.charge) history.pushState({ charge: true }, '');
}

function giveUpHistory() {
  if (goingBack || !history.state?.charge) return;
  goingBack = true;
  history.back();
}
