// Asks once before something that cannot be undone. Each button says what it does.
import { action, byId, closeDialog, element, openDialog } from '/lib/dom.js';

const dialog = byId('ask');
/** Resolves the question that is open. */
let answer;
/** Whether the latest click was an answer. */
let clicked = false;

// Escape. The browser tells later that a dialog was closed: by then the next question may be open, and it is not meant.
dialog.addEventListener('close', () => dialog.hasAttribute('open') || end());

// The second click of a double click on an answer would press whatever lies below the dialog that it closed.
addEventListener(
  'click',
  (event) => {
    clicked &&= event.detail > 1;
    if (!clicked) return;
    event.preventDefault();
    event.stopPropagation();
  },
  { capture: true },
);

/**
 * Shows `title` and `text`, below them the element `more` if there is one, and `choices`, `{ label, value, kind }` each; the
 * last one is the safe one and has the focus. Resolves to the value of what was chosen, undefined for Escape and for a
 * question that another one displaced.
 */
export function ask({ title, text, more, choices }) {
  byId('ask-title').textContent = title;
  byId('ask-text').textContent = text;
  for (const old of dialog.querySelectorAll('.more')) old.remove();
  if (more) byId('ask-text').after(element('div', { className: 'more' }, more));
  const chosen = (value) => {
    clicked = true;
    end(value);
  };
  const buttons = choices.map(({ label, value, kind }) => action(label, { kind, onClick: () => chosen(value) }));
  byId('ask-actions').replaceChildren(...buttons);
  answer?.();
  openDialog(dialog);
  buttons[buttons.length - 1].focus();
  return new Promise((resolve) => (answer = resolve));
}

/** Takes the question back: what it asked about has changed. */
export const dismiss = () => end();

/** Answers the question that is open; without a value it is left without an answer. */
function end(value) {
  closeDialog(dialog);
  answer?.(value);
  answer = undefined;
}
