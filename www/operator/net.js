// The strip that tells that there is no network.
import { byId } from '/lib/dom.js';
import { word } from '/lib/words.js';
import { say } from '/staff/say.js';

export function setUpNet() {
  addEventListener('offline', () => {
    drawNet();
    say(word('offline'));
  });
  addEventListener('online', () => {
    drawNet();
    say(word('backOnline'));
  });
}

export function drawNet() {
  const strip = byId('net');
  strip.hidden = navigator.onLine !== false;
  strip.textContent = strip.hidden ? '' : word('offline');
}
