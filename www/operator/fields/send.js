// A form that creates something: sent under one key until there is a final answer.
import { fingerprint } from '/pkg/keys.js';
import { isFinal, isPermanent, sendOnce } from '/pkg/send-once.js';
import { ofTab } from '/lib/kept.js';
import { word } from '/lib/words.js';

/**
 * Wires `form` with its `fields` (lib/fields.js) and its `button`, labelled `label()`. `body()` is sent to `path`; `name` names its stored
 * key. `onMade(answer, body)` is called with the answer, `onRefused(error)` with the refusal. Returns a function that renders the button.
 */
export function sendsOnce({ form, fields, button, name, path, label, body, onMade, onRefused }, tools) {
  const store = ofTab(`operator.${name}`);
  /** What is waited for, while something is. */
  let waiting;

  const draw = () => {
    button.textContent = waiting ? word(`send.${waiting}`) : label();
    button.setAttribute('aria-disabled', String(Boolean(waiting)));
  };
  const wait = (reason = 'sending') => {
    waiting = reason;
    draw();
    tools.announce(button.textContent);
  };

  form.addEventListener('input', draw);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (waiting) return;
    const sent = body();
    fields.clearProblems();
    wait();
    let answer;
    try {
      const print = fingerprint(sent);
      const send = (key) => tools.api.post(path, sent, { key });
      answer = await sendOnce({ store, print, send, onWait: wait });
    } catch (error) {
      if (tools.signal.aborted) return;
      waiting = undefined;
      tools.announce('');
      draw();
      if (error.errors?.length) fields.showProblems(error.errors);
      else onRefused(error);
      return;
    }
    // Outside of the try block: it was created, whatever fails from here on.
    onMade(answer, sent);
  });
  draw();
  return draw;
}

/** Describes why nothing was created. While that is uncertain, the same form is sent under the same key. */
export function reasonOf(error, { problem }) {
  if (isFinal(error) || isPermanent(error) || error.status === 429) return problem(error);
  return `${word(error.status ? 'send.later' : 'send.noAnswer')} ${word('send.safeAgain')}`;
}

/** Returns the values that are not empty. */
export const withoutEmpty = (values) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '' && value !== undefined));
