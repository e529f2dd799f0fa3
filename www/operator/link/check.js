// When Compago was last asked about a payment, and the button that has it asked now: once at a time, and not more often than the
// Worker allows.

/**
 * `place` is the line; `tell(story)` says in it what an answer tells. `ask()` has Compago asked and resolves to the story;
 * `onTold(story)` shows it and tells whether anything has changed.
 */
export function checkLine({ ask, onTold }, { element, action, word, moment, say, problem, signal }) {
  const text = element('p', { className: 'soft' });
  const button = action(word('link.check'), { onClick: press });
  button.id = 'link-check';
  const place = element('div', { className: 'check' }, text, button);
  let last;
  let isBusy = false;

  function tell(story) {
    // An answer to a question that was asked before may come behind it.
    if (last?.checkedAt > story.checkedAt) return;
    last = story;
    write();
  }

  /** Says when Compago was last asked; before that, what came of asking now. */
  function write(outcome) {
    const asked = last.checkedAt && word('link.checkedAt', { time: moment(last.checkedAt, { exact: true }) });
    text.textContent = [outcome ?? (!last.mayCheck && word('link.checkedOften')), asked].filter(Boolean).join(' ');
    button.setAttribute('aria-disabled', String(isBusy || !last.mayCheck));
  }

  async function press() {
    if (isBusy || !last.mayCheck) return;
    const before = last.checkedAt;
    let outcome;
    isBusy = true;
    write(word('link.checking'));
    try {
      const story = await ask();
      tell(story);
      if (await onTold(story)) return;
      outcome = word(story.checkedAt === before ? 'link.checkedJustNow' : 'link.checkedStill');
    } catch (error) {
      outcome = problem(error);
    } finally {
      isBusy = false;
      if (!signal.aborted) write(outcome);
    }
    if (!signal.aborted) say(text.textContent);
  }

  return { place, tell };
}
