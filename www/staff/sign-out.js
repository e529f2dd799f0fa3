// Signing out: no script can reach the cookie, which stays valid for hours unless the Worker revokes its session.
import { delayAfter, retry } from '/pkg/send-once.js';
import { ofBrowser } from '/lib/kept.js';

/** The sessions of the till and of the operator's page, which share one cookie. */
const sessions = [ofBrowser('pos.session'), ofBrowser('operator.session')];
const kept = () => sessions.map((session) => JSON.stringify(session.read()));

/**
 * Calls `end()`, which revokes the session at the Worker, and resolves after the first attempt. One that may succeed later is repeated in the
 * background, unless somebody has signed in since.
 */
export function endSession(end) {
  const before = kept();
  const isWanted = () => kept().every((session, index) => !session || session === before[index]);
  const delayOf = (error) => (error.temporary ? delayAfter(error, 5000) : undefined);
  return new Promise((resolve) => {
    retry(() => end().finally(resolve), delayOf, { isWanted }).catch(() => {});
  });
}
