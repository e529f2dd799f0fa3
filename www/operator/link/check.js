// When the payment was last read at Compago, and the button that reads it now, as often as the Worker allows.

/**
 * Returns the line: `place` is its element; `update(detail)` shows an answer of the Worker. `ask()` has Compago asked and resolves to such
 * an answer; `onAnswer(detail)` shows it and resolves to whether anything has changed.
 */
export function checkLine({ ask, onAnswer }, { element, action, word, moment, announce, problem, signal }) {
  const text = element('p', { className: 'soft' });
  const button = action(word('link.check'), { onClick: press });
  button.id = 'link-check';
  const place = element('div', { className: 'check' }, text, button);
  let last;
  let isBusy = false;
  /** The outcome of pressing the button, until the next read. */
  let outcome;

  function update(detail) {
    // Answers may arrive out of order.
    if (last?.checkedAt > detail.checkedAt) return;
    if (!isBusy && last?.checkedAt !== detail.checkedAt) outcome = undefined;
    last = detail;
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
      const detail = await ask();
      update(detail);
      outcome = undefined;
      if (await onAnswer(detail)) return;
      outcome = word(outcomeOf(detail, before));
    } catch (error) {
      outcome = problem(error);
    } finally {
      isBusy = false;
      if (!signal.aborted) write();
    }
    if (!signal.aborted) announce(text.textContent);
  }

  return { place, update };
}

/** Returns the key of the line's own words, if it has any. */
function standingOf({ checkAnswered, checksLeft }) {
  if (checkAnswered === false) return 'link.checkedNoAnswer';
  return checksLeft === 0 ? 'link.checkedOften' : undefined;
}

/** Returns the key of the words for a press that changed nothing. */
function outcomeOf({ checkedAt, checkAnswered, checkAfterMs, checksLeft }, before) {
  // A read that was pending counts as well.
  if (checkedAt !== before.checkedAt || before.checkAnswered === null)
    return checkAnswered ? 'link.checkedStill' : 'link.checkedNoAnswer';
  if (checksLeft === 0) return 'link.checkedOften';
  return checkAfterMs > 0 ? 'link.checkedJustNow' : 'link.checkedNoAnswer';
}
