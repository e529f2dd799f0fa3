// Sends a charge exactly once: under one key, kept with its body until the Worker has answered, over reloads as well.
import { patience } from '/pkg/status.js';
import { didNothing, isOutcome } from '/staff/outcome.js';
import { create } from './calls.js';
import { unanswered } from './kept.js';

/** The first call with this key is still being answered, such as while another charge is cancelled. */
const inFlight = 'request-in-flight';
/** How often it is repeated while the Worker does answer, but not with an outcome. */
const mostTries = 5;

/**
 * Sends `request`, a `{ key, body, unsure }`, until there is an answer that stays; resolves to the charge. `onTrouble` is called
 * for each try without one. Rejects with the refusal; as long as the request may yet be carried out, or has been, it stays in `unanswered`.
 */
export async function deliver(request, { signal, onTrouble }) {
  let { unsure = false } = request;
  for (let tries = 1; ; tries += 1) {
    // Whoever reloads the page before the answer cannot know what became of this try.
    unanswered.write({ ...request, unsure: true });
    try {
      const charge = await create(request, { signal });
      unanswered.drop();
      return charge;
    } catch (error) {
      if (signal.aborted) throw error;
      unsure = !isOutcome(error) && !isHarmless(error) && (unsure || !didNothing(error));
      const stays = isOutcome(error) || (!unsure && didNothing(error) && !passes(error));
      if (stays) unanswered.drop();
      else unanswered.write({ ...request, unsure });
      if (stays || !isWorthRepeating(error, tries)) throw error;
      onTrouble(error);
      await patience(Math.max(error.retryAfterMs ?? 0, Math.min(500 * 2 ** tries, 5000)), signal);
    }
  }
}

/** Whether an answer tells at least that nothing has been charged so far, by this try or one before. */
const isHarmless = ({ code }) => code === 'provider-unavailable';

/** Whether the same request may be taken later on. */
const passes = ({ code, status, temporary }) => code !== 'misconfigured' && (temporary || status === 401);

/** Without any answer, and while the Worker is at it, it goes on for as long as it takes. */
function isWorthRepeating({ code, status, temporary }, tries) {
  if (status === 0 || code === inFlight) return true;
  return (temporary || code === 'unknown') && status !== 401 && code !== 'misconfigured' && tries < mostTries;
}
