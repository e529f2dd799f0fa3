// A form that makes something: sent under one key until there is an answer, however often its button is pressed.
import { fingerprint } from '/pkg/keys.js';
import { isFinal, isPermanent, sendOnce } from '/pkg/send-once.js';
import { ofTab } from '/lib/kept.js';
import { word } from '/lib/words.js';

/**
 * Wires `form` with its `fields` (lib/fields.js) and its `button`, which says `label()`. `body()` is sent to `path`; `name`
 * tells apart what is kept of it. `onMade(answer, body)` is called with what was made, `onRefused(error)` with why it was
 * not. Answers what draws the button anew.
 */
export function sendsOnce({ form, fields, button, name, path, label, body, onMade, onRefused }, tools) {
  const store = ofTab(`operator.${name}`);
  /** The key of the words for what is waited for, while it is. */
  let waiting;

  const draw = () => {
    button.textContent = waiting ? word(`send.${waiting}`) : label();
    button.setAttribute('aria-disabled', String(Boolean(waiting)));
  };
  const wait = (reason = 'sending') => {
    waiting = reason;
    draw();
    tools.say(button.textContent);
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
      tools.say('');
      draw();
      if (error.errors?.length) fields.showProblems(error.errors);
      else onRefused(error);
      return;
    }
    // Outside of what tells of a refusal: it was made, whatever fails from here on.
    onMade(answer, sent);
  });
  draw();
  return draw;
}

/** Why nothing was made. Where that is not known for sure, the same form goes out under the same key. */
export function reasonOf(error, { problem }) {
  if (isFinal(error) || isPermanent(error) || error.status === 429) return problem(error);
  return `${word(error.status ? 'send.later' : 'send.noAnswer')} ${word('send.safeAgain')}`;
}

/** What is worth sending: without what was left empty. */
export const told = (values) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '' && value !== undefined));
