// Who is signed in, as far as a page can tell: the session's cookie is out of reach.
import { call } from '/pkg/status.js';
import { language } from '/lib/words.js';
import { ofBrowser } from '/lib/kept.js';
import { endSession } from '/staff/sign-out.js';

/** `{ role, expiresAt, timeZone }`: what the Worker answered when the session began, the time zone as it was named last. */
export const session = ofBrowser('operator.session');

/** The till of this browser, whose cookie is the same one. */
const till = ofBrowser('pos.session');
const ask = (method, body, onResponse) => call('session', { method, body, language: language(), onResponse });

/** The session as the Worker knows it today. */
export const readSession = () => ask('GET');

let askPerson;
/** Those who wait until somebody has signed in. */
const waiting = [];
/** What forgets what the one who leaves has typed. */
const forgetting = [];

/** Begins a session; rejects with the code `forbidden` for a token that is not the operator's. */
export async function enter(token) {
  let now = Date.now();
  // By the Worker's clock, where it can be had: this device's may be wrong.
  const begun = await ask('POST', { token }, ({ headers }) => (now = Date.parse(headers.get('date')) || now));
  if (begun.role === 'operator') return session.write(begun);
  // A cashier's session is good for the till alone; where none is open, it must not stay behind.
  if (!(Date.parse(till.read()?.expiresAt) > now)) await ask('DELETE').catch(() => {});
  throw Object.assign(new Error('not an operator'), { code: 'forbidden' });
}

/** Ends the session here, and the till's with it, even if the Worker cannot be told now. */
export async function signOut() {
  waiting.length = 0;
  for (const forget of forgetting) forget();
  session.drop();
  till.drop();
  await endSession(() => ask('DELETE'));
}

/** `forget()` is called when somebody signs out: who comes next must not find what they typed. */
export const onSignOut = (forget) => forgetting.push(forget);

/** `show(reason)` is called when somebody has to sign in (again). */
export const onSignInNeeded = (show) => (askPerson = show);

/** Has somebody sign in, and resolves once they have. `reason` is the key of the words that say why. */
export function signedIn(reason) {
  askPerson(reason);
  return new Promise((resolve) => waiting.push(resolve));
}

/** Lets what waits for a session go on. */
export function goOn() {
  for (const resolve of waiting.splice(0)) resolve();
}
