// Something that moves money, followed to its end: sent under one key, and asked for under the same key until it is known
// what became of it. So nothing is done twice, whatever is lost on the way.
import { isAnswer, isSettled } from '/lib/once.js';
import { didNothing, isOutcome } from '/staff/outcome.js';

const longestMs = 15_000;

/**
 * What `send()` answers, time after time: `{ answer }`, or `{ error }`, with `open: true` if that may still become an
 * answer. It ends with an answer that `isOver`, with an error that stays, or before another try once `isWanted()` is false.
 * `wait(ms)` is what passes between. `unsure` tells that it was sent before, and nobody knows what became of that.
 */
export async function* untilOver({ send, isOver, isWanted, wait, unsure = false }) {
  for (let tries = 1; isWanted(); tries += 1) {
    const told = await send().then(
      (answer) => ({ answer }),
      (error) => ({ error, open: !isOutcome(error) && (unsure || !didNothing(error) || !(isAnswer(error) || isSettled(error))) }),
    );
    unsure ||= Boolean(told.error) && told.open && !didNothing(told.error);
    yield told;
    if (told.answer ? isOver(told.answer) : !told.open) return;
    await wait(Math.max(told.error?.retryAfterMs ?? 0, Math.min(1000 * 1.5 ** tries, longestMs)));
  }
}
