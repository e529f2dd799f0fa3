// Signing in: the token goes to the Worker once and stands in a cookie that no script can read from then on.
import { byId } from '/lib/dom.js';
import { word } from '/lib/words.js';
import { say } from './say.js';

const form = byId('sign-in');
const token = byId('token');
const button = byId('sign-in-button');
/** The problem that is shown, as the key of its words and what they need. */
let problem;
let busy = false;

/**
 * Whether somebody has signed in, and no answer has said since that the session is over. When it ends, the Worker tells: this device's
 * clock may be wrong.
 */
export const isGood = (session) => Boolean(session.read());

/**
 * Wires the form. `enter(token)` begins the session; it rejects if the token is not right, with the code `forbidden` if it
 * is of a role that has no business here. `onSignedIn` is called each time somebody has signed in.
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

/** Shows the form; `reason` is the key of why somebody who had signed in must do so again. */
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
  place.textContent = problem ? word(...problem) : '';
  if (problem) token.setAttribute('aria-invalid', 'true');
  else token.removeAttribute('aria-invalid');
  token.parentElement.classList.toggle('invalid', Boolean(problem));
}

function show(...next) {
  problem = next.length ? next : undefined;
  drawSignIn();
  if (!problem) return;
  say(word(...problem));
  token.focus();
}

function problemOf({ code, status, retryAfterMs = 30_000 }) {
  if (code === 'wrong-token' || code === 'invalid-body') return ['tokenWrong'];
  if (code === 'forbidden') return ['tokenForbidden'];
  if (status === 429) return ['tooMany', { seconds: Math.ceil(retryAfterMs / 1000) }];
  return [status === 0 ? 'signInOffline' : 'signInTrouble'];
}
