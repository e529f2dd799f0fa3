// The session, as far as scripts know: they cannot read its cookie.
import { call } from '/pkg/status.js';
import { language } from '/lib/words.js';
import { ofBrowser } from '/lib/kept.js';
import { endSession } from '/staff/sign-out.js';

/** `{ role, expiresAt, timeZone }`: the Worker's answer when the session began, with the latest time zone. */
export const session = ofBrowser('operator.session');

/** The till's session of this browser, which has the same cookie. */
const till = ofBrowser('pos.session');
const send = (method, body, onResponse) => call('session', { method, body, language: language(), onResponse });

/** Reads the session. */
export const readSession = () => send('GET');

let askPerson;
/** What waits until somebody has signed in. */
const waiting = [];
/** Functions that remove what was typed. */
const forgetting = [];

/** Starts a session; rejects with the code `forbidden` for a token that is not the operator's. */
export async function enter(token) {
  let now = Date.now();
  // By the Worker's clock if possible: this device's may be wrong.
  const begun = await send('POST', { token }, ({ headers }) => (now = Date.parse(headers.get('date')) || now));
  if (begun.role === 'operator') return session.write(begun);
  // A cashier's session is only for the till; unless one is open, it is ended.
  if (!(Date.parse(till.read()?.expiresAt) > now)) await send('DELETE').catch(() => {});
  throw Object.assign(new Error('not an operator'), { code: 'forbidden' });
}

/** Ends this session and the till's, even if the Worker cannot be reached now. */
export async function signOut() {
  waiting.length = 0;
  for (const forget of forgetting) forget();
  session.drop();
  till.drop();
  await endSession(() => send('DELETE'));
}

/** Registers `forget()`, which removes what was typed when somebody signs out. */
export const onSignOut = (forget) => forgetting.push(forget);

/** Registers `show(reason)`, which asks somebody to sign in (again). */
export const onSignInNeeded = (show) => (askPerson = show);

/** Asks somebody to sign in, and resolves once they have. `reason` is the key of the words that say why. */
export function signedIn(reason) {
  askPerson(reason);
  return new Promise((resolve) => waiting.push(resolve));
}

/** Resumes what waits for a session. */
export function goOn() {
  for (const resolve of waiting.splice(0)) resolve();
}
