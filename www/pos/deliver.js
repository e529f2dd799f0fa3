// Sends a charge exactly once: under one key, kept with its body until the Worker has answered, over reloads as well.
import { patience } from '/pkg/status.js';
import { create } from './calls.js';
import { unanswered } from './kept.js';

/** Answers that stay, though their HTTP status is one that often passes. */
const settled = ['provider-refused', 'misconfigured', 'intent-unknown'];
/** The first call with this key is still being answered, such as while another charge is taken back. */
const inFlight = 'request-in-flight';
/** How often it is repeated while the Worker does answer, but not with an outcome. */
const mostTries = 5;

/**
 * Sends `request`, a `{ key, body }`, until there is an answer that stays; resolves to the charge. `onTrouble` is called
 * for each try without one. Rejects with the refusal; where it is not `isAnswer`, the request is still kept, to be sent again.
 */
export async function deliver(request, { signal, onTrouble }) {
  unanswered.write(request);
  for (let tries = 1; ; tries += 1) {
    try {
      const charge = await create(request, { signal });
      unanswered.drop();
      return charge;
    } catch (error) {
      if (signal.aborted) throw error;
      if (isAnswer(error)) unanswered.drop();
      // Without any answer, and while the Worker is at it, it goes on for as long as it takes.
      const patient = error.status === 0 || error.code === inFlight || (error.status !== 401 && tries < mostTries);
      if (isAnswer(error) || !patient) throw error;
      onTrouble(error);
      await patience(Math.max(error.retryAfterMs ?? 0, Math.min(500 * 2 ** tries, 5000)), signal);
    }
  }
}

/** Whether the request has had its outcome. Otherwise it is open, or waits for somebody to sign in. */
export const isAnswer = ({ code, status, temporary }) =>
  settled.includes(code) || (!temporary && status !== 401 && code !== inFlight);

/** Whether an answer that does not stay tells at least that nothing has been charged so far. */
export const isHarmless = ({ code }) => code === 'provider-unavailable';
