// The transitions between the visible states of a charge. A state's work (sending, polling) ends with the state. Closing or reloading the
// page cancels nothing: a page cannot tell the two apart, and a reload must find the charge. An abandoned charge expires. Leaving by the
// page's own ways asks first.
import { newKey } from '/pkg/keys.js';
import { delayAfter, retry, sendUntilAnswered } from '/pkg/send-once.js';
import { cancel, create, follow, latestOf } from './calls.js';
import { current, unanswered, written } from './kept.js';
import { setTrouble } from './net.js';
import { chime } from './sound.js';
import { chosen } from './terminals.js';

/** The statuses that have a visible state of their own; others are unknown here. */
const statuses = ['waiting', 'paid', 'expired', 'cancelled', 'cancel-requested'];

/** The page's functions: `show(state)`, `toPad(how)`, `toSignIn(reason)`. */
let page;
/** The visible state of a charge; undefined on the pad and the sign-in form. */
let state;
/** Aborts the work of the current state. */
let work = new AbortController();
/** The charge that is being cancelled here. */
let cancelling;
/** What was polled until its status was final. */
let asleep;

export const setUpFlow = (how) => (page = how);
export const stateNow = () => state;
export const isOver = ({ status }) => ['paid', 'expired', 'cancelled'].includes(status);

/** Resumes what this till was doing: a request without an answer, its charge, or the one at its terminal. */
export async function resume() {
  const request = unanswered.read();
  if (request) return send(request);
  const kept = current.read();
  if (kept?.intent) return watch(kept, kept.own);
  if (kept?.lost) return showLost(kept.lost, kept.own);
  stop();
  page.toPad({ keep: true });
  const terminalCode = chosen();
  if (!terminalCode) return undefined;
  const { signal } = work;
  try {
    const charge = await latestOf(terminalCode, { signal });
    if (signal.aborted || !charge || isOver(charge) || !page.isIdle()) return undefined;
    update(charge, false);
    return watch(charge, false);
  } catch (error) {
    if (!signal.aborted && error.status === 401) page.toSignIn('sessionOver');
    return undefined;
  }
}

/** Starts a new charge: a new key, and so a new external id at Compago. */
export const begin = (body) => send({ key: newKey(), body });

/**
 * Starts a charge in the place of `other`, which may still succeed. That very charge is cancelled first, which has a certain outcome, while
 * a take-over only knows what runs at the terminal by then.
 */
export async function displace(other, body, own) {
  const { signal } = renew();
  // A charge without a terminal blocks nobody.
  const request = { ...body, ...(other.terminalCode && { takeOver: true }) };
  const onTrouble = (error) => show({ name: 'sending', body: request, trouble: Boolean(error) });
  onTrouble(null);
  try {
    const cancelled = other.intent ? await cancelCharge(other, { signal, onRetry: onTrouble }) : undefined;
    if (signal.aborted) return undefined;
    if (cancelled?.status !== 'paid') return begin(cancelled && isOver(cancelled) ? body : request);
    if (!own) return meet(body, 'other-paid');
    update(cancelled, true);
    return watch(cancelled, true);
  } catch (error) {
    if (signal.aborted) return undefined;
    if (error.status === 401) return page.toSignIn('sessionOver');
    return show({ name: 'unsent', body, own, retry: () => displace(other, body, own) });
  }
}

/** Sends a request, or repeats it. */
export async function send(request) {
  const { signal } = renew();
  const { body } = request;
  show({ name: 'sending', body, trouble: false });
  const onRetry = () => show({ name: 'sending', body, trouble: true });
  let charge;
  try {
    charge = await sendUntilAnswered(request, { store: unanswered, send: (kept) => create(kept, { signal }), onRetry, signal });
  } catch (error) {
    return signal.aborted ? undefined : refused(error, body);
  }
  if (signal.aborted) return undefined;
  update(charge, true);
  return watch(charge, true);
}

/** Shows and polls a charge; `own`: this browser started it. */
export async function watch(target, own) {
  const { signal } = renew();
  if (!state?.charge || state.charge.intent !== target.intent) show({ name: 'loading', target, own });
  try {
    for await (const charge of follow(target, { signal, onTrouble: setTrouble })) {
      if (signal.aborted) return;
      // A terminal may also return an earlier charge, which was not asked for.
      if (!target.intent && isOver(charge) && charge.externalId !== state.charge?.externalId) continue;
      update(charge, own);
      if (!target.intent && charge.intent) return void watch(charge, own);
    }
    asleep = { target, own };
  } catch (error) {
    if (signal.aborted) return;
    if (error.status === 401) page.toSignIn('sessionOver');
    else show({ ...state, name: error.status === 404 ? 'missing' : 'stuck', target, own });
  }
}

/** Polls again when the page is visible again: a payment can arrive late. */
export function wake() {
  if (asleep && state?.charge && state.name !== 'paid') watch(asleep.target, asleep.own);
}

/** Cancels the charge that is shown, and shows the outcome. */
export async function cancelIt() {
  const { charge, own } = state;
  const { signal } = work;
  cancelling = charge.externalId;
  current.write({ ...current.read(), cancelled: charge.externalId });
  show({ ...state, name: 'cancel-requested' });
  const isWanted = () => state.charge?.status === 'waiting';
  // Refused, such as without a session, or not wanted any more: the status is read again.
  const answer = await cancelCharge(charge, { signal, isWanted }).catch(() => undefined);
  if (signal.aborted) return;
  cancelling = undefined;
  if (answer) update(answer, own);
  else watch(charge, own);
}

/** Cancels a charge: repeats the call until it is answered or not wanted any more. */
const cancelCharge = ({ intent }, { signal, ...options }) =>
  retry(() => cancel(intent, { signal }), (error) => (error.temporary ? delayAfter(error, 2000) : undefined), { signal, ...options });

/** The terminal is busy with another charge: polls that one until the terminal is free. */
export async function meet(body, name = 'busy') {
  const { signal } = renew();
  const mine = withoutTakeOver(body);
  show({ name, body: mine });
  let shown;
  const showOther = (other) => {
    if (signal.aborted || isUnchanged(shown, other)) return;
    shown = other;
    const free = name === 'busy' && (!other || isOver(other));
    const isNamed = name === 'busy' || other?.status === 'paid';
    show({ name: free ? 'free' : name, body: mine, other: isNamed ? other : undefined });
  };
  try {
    const other = await latestOf(body.terminalCode, { signal, onTrouble: setTrouble });
    showOther(other);
    if (!other || isOver(other)) return;
    for await (const next of follow(other, { signal, onTrouble: setTrouble })) showOther(next);
  } catch (error) {
    if (!signal.aborted && error.status === 401) page.toSignIn('sessionOver');
  }
}

/** Leaves the visible state and its work for the pad. */
export function leave(how) {
  stop();
  unanswered.drop();
  current.drop();
  if (!how.keep && !how.charge) written.drop();
  page.toPad(how);
}

/** Ends the visible state and its work. */
export function stop() {
  renew();
  state = undefined;
}

/** Returns whether a charge is as it is shown. Then its buttons stay, since one may be under a finger. */
const isUnchanged = (shown, charge) => shown?.externalId === charge?.externalId && shown?.version === charge?.version && shown !== undefined;

/** Shows a charge as the Worker returned it. */
export function update(charge, own) {
  const before = state;
  const isSame = before?.charge && before.charge.externalId === charge.externalId;
  // Answers may arrive out of order.
  if (isSame && charge.version < before.charge.version) return;
  const cancelled = current.read()?.cancelled === charge.externalId ? charge.externalId : undefined;
  current.write({ ...(charge.intent ? { intent: charge.intent } : { lost: charge }), own, cancelled });
  const isLeaving = charge.status === 'waiting' && cancelling === charge.externalId;
  const known = statuses.includes(charge.status) ? charge.status : 'unknown';
  const name = isLeaving ? 'cancel-requested' : known;
  if (isUnchanged(before?.charge, charge) && name === before.name && own === before.own) return;
  if (name === 'paid' && before && !['loading', 'paid', 'missing', 'stuck'].includes(before.name)) chime();
  show({ name, charge, own, isCancelledHere: Boolean(cancelled) });
}

function refused(error, body) {
  switch (error.code) {
    case 'terminal-busy':
      return meet(body);
    case 'intent-paid':
      return meet(body, 'other-paid');
    case 'intent-unknown':
      return showLost({ ...withoutTakeOver(body), intent: null, status: 'unknown', version: 0 }, true);
    case 'terminal-not-found':
    case 'invalid-body':
      stop();
      current.drop();
      return page.toPad({ charge: body, error });
    default:
      if (error.status === 401) return page.toSignIn('sessionOver');
      return show({ name: 'failed', body: withoutTakeOver(body), error, request: unanswered.read() });
  }
}

/** Shows a charge with an unknown id. Its terminal may know more; one without a terminal stays as it is. */
function showLost(charge, own) {
  renew();
  update(charge, own);
  if (charge.terminalCode) return watch({ terminalCode: charge.terminalCode, intent: null }, own);
  return undefined;
}

function show(next) {
  state = next;
  page.show(state);
}

function renew() {
  work.abort();
  work = new AbortController();
  asleep = undefined;
  cancelling = undefined;
  setTrouble(null);
  return work;
}

const withoutTakeOver = ({ takeOver, ...body }) => body;
