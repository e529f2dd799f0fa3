// What leads from one scene of a charge to the next. Each scene's work (sending, following) ends with the scene.
//
// Closing or reloading the page cancels nothing: a page cannot tell the two apart, and whoever reloads must find the charge
// as it is. One that was really left ends with its time. Leaving by the page's own ways asks first.
import { newKey } from '/pkg/keys.js';
import { retry, sendUntilAnswered } from '/pkg/send-once.js';
import { cancel, create, follow, latestOf } from './calls.js';
import { current, unanswered, written } from './kept.js';
import { tellTrouble } from './net.js';
import { chime } from './sound.js';
import { chosen } from './terminals.js';

/** The statuses that have a scene of their own; whatever else there may be one day is not known here. */
const statuses = ['waiting', 'paid', 'expired', 'cancelled', 'cancel-requested'];

/** What the page does when a flow ends: `show(scene)`, `toPad(how)`, `toSignIn(reason)`. */
let page;
/** What is shown of a charge; undefined while the pad or the sign-in form is. */
let scene;
/** Ends what was begun for the scene of before. */
let work = new AbortController();
/** The charge that somebody here asked to cancel, until the answer. */
let cancelling;
/** What was followed until nothing changed by itself any more. */
let asleep;

export const setUpFlow = (how) => (page = how);
export const sceneNow = () => scene;
export const isOver = ({ status }) => ['paid', 'expired', 'cancelled'].includes(status);

/** Goes on with whatever this till was at: a request without an answer, its charge, or the one that its terminal has. */
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
    seen(charge, false);
    return watch(charge, false);
  } catch (error) {
    if (!signal.aborted && error.status === 401) page.toSignIn('sessionOver');
    return undefined;
  }
}

/** Makes a new charge: a new key, and so a new external id at Compago. */
export const begin = (body) => send({ key: newKey(), body });

/**
 * Makes a charge in the place of `other`, which may still go through. That very one is taken back first: what the Worker
 * answers to this is certain, while a take-over knows only what runs at the terminal by then.
 */
export async function displace(other, body, own) {
  const { signal } = renew();
  // A charge that went to any terminal stands in nobody's way.
  const request = { ...body, ...(other.terminalCode && { takeOver: true }) };
  const onTrouble = (error) => show({ name: 'sending', body: request, trouble: Boolean(error) });
  onTrouble(null);
  try {
    const told = other.intent ? await cancelCharge(other, { signal, onRetry: onTrouble }) : undefined;
    if (signal.aborted) return undefined;
    if (told?.status !== 'paid') return begin(told && isOver(told) ? body : request);
    if (!own) return meet(body, 'other-paid');
    seen(told, true);
    return watch(told, true);
  } catch (error) {
    if (signal.aborted) return undefined;
    if (error.status === 401) return page.toSignIn('sessionOver');
    return show({ name: 'unsent', body, own, retry: () => displace(other, body, own) });
  }
}

/** Sends a request, the first time or once more. */
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
  seen(charge, true);
  return watch(charge, true);
}

/** Shows a charge and follows it; `own` tells whether this browser began it. */
export async function watch(target, own) {
  const { signal } = renew();
  if (!scene?.charge || scene.charge.intent !== target.intent) show({ name: 'loading', target, own });
  try {
    for await (const charge of follow(target, { signal, onTrouble: tellTrouble })) {
      if (signal.aborted) return;
      // A terminal also tells of a charge of before: that is not what was asked for.
      if (!target.intent && isOver(charge) && charge.externalId !== scene.charge?.externalId) continue;
      seen(charge, own);
      if (!target.intent && charge.intent) return void watch(charge, own);
    }
    asleep = { target, own };
  } catch (error) {
    if (signal.aborted) return;
    if (error.status === 401) page.toSignIn('sessionOver');
    else show({ ...scene, name: error.status === 404 ? 'missing' : 'stuck', target, own });
  }
}

/** Somebody looks at the page again: what was over by then may have changed since, for a payment can come late. */
export function wake() {
  if (asleep && scene?.charge && scene.name !== 'paid') watch(asleep.target, asleep.own);
}

/** Takes back the charge that is shown; what it is then, the Worker's answer tells. */
export async function cancelIt() {
  const { charge, own } = scene;
  const { signal } = work;
  cancelling = charge.externalId;
  current.write({ ...current.read(), cancelled: charge.externalId });
  show({ ...scene, name: 'cancel-requested' });
  const isWanted = () => scene.charge?.status === 'waiting';
  // Refused, such as without a session, or no more to be asked: how it stands is asked for anew.
  const told = await cancelCharge(charge, { signal, isWanted }).catch(() => undefined);
  if (signal.aborted) return;
  cancelling = undefined;
  if (told) seen(told, own);
  else watch(charge, own);
}

/** Cancels a charge: asks the Worker until it answers, or until that is not wanted any more. */
const cancelCharge = ({ intent }, { signal, ...options }) =>
  retry(() => cancel(intent, { signal }), ({ temporary, retryAfterMs = 2000 }) => (temporary ? retryAfterMs : undefined), { signal, ...options });

/** The terminal has another charge than `body`'s: follows that one, until the terminal is free. */
export async function meet(body, name = 'busy') {
  const { signal } = renew();
  const mine = withoutTakeOver(body);
  show({ name, body: mine });
  const tell = (other) => {
    if (signal.aborted) return;
    const free = name === 'busy' && (!other || isOver(other));
    const isTold = name === 'busy' || other?.status === 'paid';
    show({ name: free ? 'free' : name, body: mine, other: isTold ? other : undefined });
  };
  try {
    const other = await latestOf(body.terminalCode, { signal, onTrouble: tellTrouble });
    tell(other);
    if (!other || isOver(other)) return;
    for await (const next of follow(other, { signal, onTrouble: tellTrouble })) tell(next);
  } catch (error) {
    if (!signal.aborted && error.status === 401) page.toSignIn('sessionOver');
  }
}

/** Leaves what is shown, and the work for it, for the pad. */
export function leave(how) {
  stop();
  unanswered.drop();
  current.drop();
  if (!how.keep && !how.charge) written.drop();
  page.toPad(how);
}

/** Stops the work of a scene, to show something that is none. */
export function stop() {
  renew();
  scene = undefined;
}

/** A charge as the Worker tells it. */
export function seen(charge, own) {
  const before = scene;
  const isSame = before?.charge && before.charge.externalId === charge.externalId;
  // Answers overtake each other.
  if (isSame && charge.version < before.charge.version) return;
  const cancelled = current.read()?.cancelled === charge.externalId ? charge.externalId : undefined;
  current.write({ ...(charge.intent ? { intent: charge.intent } : { lost: charge }), own, cancelled });
  const isLeaving = charge.status === 'waiting' && cancelling === charge.externalId;
  const told = statuses.includes(charge.status) ? charge.status : 'unknown';
  const name = isLeaving ? 'cancel-requested' : told;
  // Nothing new: what is shown stays, with the button that may be under a finger.
  if (isSame && charge.version === before.charge.version && name === before.name && own === before.own) return;
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

/** A charge of which nobody knows the id: its terminal may tell more; one that went to any terminal stays as it is. */
function showLost(charge, own) {
  renew();
  seen(charge, own);
  if (charge.terminalCode) return watch({ terminalCode: charge.terminalCode, intent: null }, own);
  return undefined;
}

function show(next) {
  scene = next;
  page.show(scene);
}

function renew() {
  work.abort();
  work = new AbortController();
  asleep = undefined;
  cancelling = undefined;
  tellTrouble(null);
  return work;
}

const withoutTakeOver = ({ takeOver, ...body }) => body;
