// The strip that tells that nothing new is being heard: no network, or no answer.
import { byId } from '/lib/dom.js';
import { word } from '/lib/words.js';
import { say } from '/staff/say.js';
import { heardAt } from './calls.js';
import { moment } from './time.js';

/** Scenes that show how something stood when the Worker last told. */
const following = ['waiting', 'cancel-requested', 'unknown', 'busy'];
const isOffline = () => navigator.onLine === false;
let trouble = false;

export function setUpNet() {
  addEventListener('offline', () => {
    drawNet();
    say(byId('net').textContent);
  });
  addEventListener('online', () => {
    drawNet();
    say(word('backOnline'));
  });
}

/** `error` is why the last question had no answer; null once they have answers again. */
export function tellTrouble(error) {
  trouble = Boolean(error);
  drawNet();
}

export function drawNet() {
  const { scene } = document.documentElement.dataset;
  const strip = byId('net');
  strip.hidden = !isOffline() && !(trouble && scene);
  if (!isOffline()) strip.textContent = word('trouble');
  else if (!following.includes(scene)) strip.textContent = word('offline');
  else strip.textContent = word('offlineSince', { time: moment(heardAt()) });
}
