// Signing out: the cookie, which no script can reach, stays good for hours unless the Worker takes it back.
import { patience } from '/pkg/status.js';
import { ofBrowser } from '/lib/kept.js';

/** The sessions of the till and of the desk: whichever began last has the cookie. */
const sessions = [ofBrowser('pos.session'), ofBrowser('operator.session')];
const kept = () => sessions.map((session) => JSON.stringify(session.read()));

/** `end()` tells the Worker. If it cannot be told now, it is told later, unless somebody has signed in by then. */
export function endSession(end) {
  const before = kept();
  return end().catch((error) => void endLater(end, error, before));
}

async function endLater(end, { temporary, retryAfterMs = 5000 }, before) {
  if (!temporary) return;
  await patience(retryAfterMs);
  const hasBegun = kept().some((session, index) => session && session !== before[index]);
  if (hasBegun) return;
  end().catch((error) => void endLater(end, error, before));
}
