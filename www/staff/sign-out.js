// Signing out: the cookie, which no script can reach, stays good for hours unless the Worker takes it back.
import { patience } from '/pkg/status.js';
import { ofBrowser } from '/lib/kept.js';
import { isGood } from './sign-in.js';

/** The sessions of the till and of the desk: whichever began last has the cookie. */
const sessions = [ofBrowser('pos.session'), ofBrowser('operator.session')];

/** `end()` tells the Worker. If it cannot be told now, it is told later, unless somebody has signed in by then. */
export const endSession = (end) => end().catch((error) => void endLater(end, error));

async function endLater(end, { temporary, retryAfterMs = 5000 }) {
  if (!temporary) return;
  await patience(retryAfterMs);
  if (!sessions.some(isGood)) endSession(end);
}
