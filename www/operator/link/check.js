// When Compago was last asked about a payment, and the button that has it asked now: once at a time, and not more often than the
// Worker allows.

/**
 * `place` is the line; `update(story)` shows in it what an answer of the Worker says. `ask()` has Compago asked and resolves to such
 * an answer; `onAnswer(story)` shows it and resolves to whether anything has changed.
 */
export function checkLine({ ask, onAnswer }, { element, action, word, moment, say, problem, signal }) {
  const text = element('p', { className: 'soft' });
  const button = action(word('link.check'), { onClick: press });
  button.id = 'link-check';
  const place = element('div', { className: 'check' }, text, button);
  let last;
  let isBusy = false;
  /** What came of pressing the button, until Compago is asked again. */
  let outcome;

  function update(story) {
    // An answer to an earlier request may arrive later.
    if (last?.checkedAt > story.checkedAt) return;
    if (!isBusy && last?.checkedAt !== story.checkedAt) outcome = undefined;
    last = story;
    write();
  }

  function write() {
    const { checkedAt, checkAfterMs } = last;
    const asked = checkedAt && word('link.checkedAt', { time: moment(checkedAt, { exact: true }) });
    const standing = standingOf(last);
    text.textContent = [outcome ?? (standing && word(standing)), asked].filter(Boolean).join(' ');
    button.setAttribute('aria-disabled', String(isBusy || checkAfterMs === null));
  }

  async function press() {
    if (isBusy || last.checkAfterMs === null) return;
    const before = last;
    isBusy = true;
    outcome = word('link.checking');
    write();
    try {
      const story = await ask();
      update(story);
      outcome = undefined;
      if (await onAnswer(story)) return;
      outcome = word(outcomeOf(story, before));
    } catch (error) {
      outcome = problem(error);
    } finally {
      isBusy = false;
      if (!signal.aborted) write();
    }
    if (!signal.aborted) say(text.textContent);
  }

  return { place, update };
}

/** What the line says by itself: the key of its words, if it says anything. */
function standingOf({ checkAnswered, checksLeft }) {
  if (checkAnswered === false) return 'link.checkedNoAnswer';
  return checksLeft === 0 ? 'link.checkedOften' : undefined;
}

/** What came of pressing the button, where nothing has changed: the key of its words. */
function outcomeOf({ checkedAt, checkAnswered, checkAfterMs, checksLeft }, before) {
  // A read that was under way is as good as another one.
  if (checkedAt !== before.checkedAt || before.checkAnswered === null)
    return checkAnswered ? 'link.checkedStill' : 'link.checkedNoAnswer';
  if (checksLeft === 0) return 'link.checkedOften';
  return checkAfterMs > 0 ? 'link.checkedJustNow' : 'link.checkedNoAnswer';
}
