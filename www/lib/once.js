// Sending something exactly once: one body has one idempotency key, however often it is sent, until its answer came.

import { newKey, settledCodes } from '/pkg/keys.js';
import { ofTab } from './kept.js';

/** The first call with this key is still being answered. */
const inFlight = 'request-in-flight';

/** Refused by a status that often passes, for a reason that does not. */
export const isSettled = ({ code }) => settledCodes.includes(code);

/** After how long somebody is told that it takes long, and that it did not work. */
const slowMs = 5000;
const patienceMs = 20_000;

/**
 * Repeats a call that may be repeated: while there is no network for as long as it takes, else a few times. `onWait` is
 * called with the words for what is waited for.
 */
export async function patiently(send, onWait) {
  let since = Date.now();
  for (let tries = 1; ; tries += 1) {
    if (navigator.onLine === false) {
      onWait?.('waitingForNetwork');
      await new Promise((resolve) => addEventListener('online', resolve, { once: true }));
      onWait?.('paying');
      since = Date.now();
    }
    const slow = setTimeout(() => onWait?.('troubleWait'), slowMs);
    try {
      return await send();
    } catch (error) {
      if (navigator.onLine === false) continue;
      const worthwhile = error.code === inFlight || (error.temporary && !isSettled(error));
      const pause = Math.min(error.retryAfterMs ?? 500 * 2 ** tries, 8000);
      const late = Date.now() + pause - since > patienceMs;
      if (tries === 4 || late || error.status === 429 || !worthwhile) throw error;
      onWait?.('troubleWait');
      await new Promise((resolve) => setTimeout(resolve, pause));
    } finally {
      clearTimeout(slow);
    }
  }
}

/**
 * Sends what has that `print` under one key, kept at `place` until there is an answer that stays: `send(key)` may be called
 * several times, by later calls of this as well.
 */
export async function sendOnce({ place, print, send, onWait }) {
  const key = place.of(print);
  try {
    const answer = await patiently(() => send(key), onWait);
    place.forget();
    return answer;
  } catch (error) {
    // What was sent is made, and only what follows was refused: its key stays.
    if (isAnswer(error) && !error.earlier) place.forget();
    throw error;
  }
}

/** Whether a refusal stays: the same request would meet it again, and nothing has come of it. */
export const isAnswer = ({ status, temporary, code }) => status > 0 && !temporary && code !== inFlight;

/** Where a tab keeps, under `name`, the key of what has no answer yet. */
export function keyPlace(name) {
  const place = ofTab(name);
  return {
    /** The key of the body with that print: the kept one if it is that body's, else a new one. */
    of(print) {
      const kept = place.read();
      if (kept?.print === print) return kept.key;
      const key = newKey();
      place.write({ key, print });
      return key;
    },
    forget: place.drop,
  };
}
