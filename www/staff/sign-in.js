// Signing in: the token is sent once, and from then on is in a cookie that no script can read.
import { byId } from '/lib/dom.js';
import { seconds, word } from '/lib/words.js';
import { announce } from './announce.js';

const form = byId('sign-in');
const token = byId('token');
const button = byId('sign-in-button');
/** The shown problem: the key of its words, and how long to wait if it says so. */
let problem;
let busy = false;

/** Returns whether somebody is signed in, as far as known. The Worker reports the end of a session: this device's clock may be wrong. */
export const isGood = (session) => Boolean(session.read());

/**
 * Wires the form. `enter(token)` starts the session; it rejects if the token is wrong, with the code `forbidden` for a role that may not
 * use this page. `onSignedIn` is called after each sign-in.
 */
export function setUpSignIn({ enter, onSignedIn }) {
  byId('token-show').addEventListener('click', () => {
    token.type = token.type === 'password' ? 'text' : 'password';
    drawSignIn();
  });
  token.addEventListener('input', () => show());
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (busy) return;
    if (!token.value.trim()) return show('tokenMissing');
    busy = true;
    show();
    try {
      await enter(token.value.trim());
      token.value = '';
      token.type = 'password';
      onSignedIn();
    } catch (error) {
      show(...problemOf(error));
    } finally {
      busy = false;
      drawSignIn();
    }
  });
}

/** Shows the form; `reason` is the key of why somebody has to sign in again. */
export function askToSignIn(reason) {
  byId('sign-in-reason').dataset.reason = reason ?? '';
  show();
  token.focus();
}

export function drawSignIn() {
  const { reason } = byId('sign-in-reason').dataset;
  byId('sign-in-reason').textContent = reason ? word(reason) : '';
  byId('sign-in-reason').hidden = !reason;
  byId('token-show').textContent = word(token.type === 'password' ? 'showToken' : 'hideToken');
  button.textContent = word(busy ? 'signingIn' : 'signIn');
  button.setAttribute('aria-disabled', String(busy));
  const place = byId('token-error');
  place.hidden = !problem;
  place.textContent = problem ? problemText() : '';
  if (problem) token.setAttribute('aria-invalid', 'true');
  else token.removeAttribute('aria-invalid');
  token.parentElement.classList.toggle('invalid', Boolean(problem));
}

function show(...next) {
  problem = next.length ? next : undefined;
  drawSignIn();
  if (!problem) return;
  // A field that gets the focus is read with its problem.
  if (document.activeElement === token) announce(problemText());
  else token.focus();
}

function problemText() {
  const [key, waitMs] = problem;
  return word(key, { seconds: seconds(waitMs) });
}

function problemOf({ code, status, retryAfterMs }) {
  if (code === 'wrong-token' || code === 'invalid-body') return ['tokenWrong'];
  if (code === 'forbidden') return ['tokenForbidden'];
  if (status === 429) return ['tooMany', retryAfterMs];
  return [status === 0 ? 'signInOffline' : 'signInTrouble'];
}
