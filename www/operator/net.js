// The strip that says that the page is offline.
import { byId } from '/lib/dom.js';
import { word } from '/lib/words.js';
import { announce } from '/staff/announce.js';

export function setUpNet() {
  addEventListener('offline', () => {
    drawNet();
    announce(word('offline'));
  });
  addEventListener('online', () => {
    drawNet();
    announce(word('backOnline'));
  });
}

export function drawNet() {
  const strip = byId('net');
  strip.hidden = navigator.onLine !== false;
  strip.textContent = strip.hidden ? '' : word('offline');
}
