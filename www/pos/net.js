// The strip that says that the page is offline, or has no answers.
import { byId } from '/lib/dom.js';
import { word } from '/lib/words.js';
import { announce } from '/staff/announce.js';
import { heardAt } from './calls.js';
import { moment } from './time.js';

/** States that show what the Worker last answered. */
const following = ['waiting', 'cancel-requested', 'unknown', 'busy'];
const isOffline = () => navigator.onLine === false;
let trouble = false;

export function setUpNet() {
  addEventListener('offline', () => {
    drawNet();
    announce(byId('net').textContent);
  });
  addEventListener('online', () => {
    drawNet();
    announce(word('backOnline'));
  });
}

/** Shows that the last call failed with `error`; null once calls succeed again. */
export function setTrouble(error) {
  trouble = Boolean(error);
  drawNet();
}

export function drawNet() {
  const { state } = document.documentElement.dataset;
  const strip = byId('net');
  strip.hidden = !isOffline() && !(trouble && state);
  if (!isOffline()) strip.textContent = word('trouble');
  else if (!following.includes(state)) strip.textContent = word('offline');
  else strip.textContent = word('offlineSince', { time: moment(heardAt()) });
}
