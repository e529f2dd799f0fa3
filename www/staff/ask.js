// Asks for confirmation of what cannot be undone. Each button says what it does.
import { action, byId, closeDialog, element, openDialog } from '/lib/dom.js';

const dialog = byId('ask');
/** Resolves the open question. */
let answer;
/** Whether the latest click was an answer. */
let clicked = false;

// Escape. The event comes late: the next question may be open by then.
dialog.addEventListener('close', () => dialog.hasAttribute('open') || end());

// The second click of a double click would press what was below the dialog.
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
 * Shows `title`, `text`, the element `more` and `choices`, `{ label, value, kind }` each; the last one is the safe one and has the focus.
 * Resolves to the chosen value, or to undefined for Escape and when another question replaces this one.
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

/** Closes the question: its subject has changed. */
export const dismiss = () => end();

/** Resolves the open question, without a value as unanswered. */
function end(value) {
  closeDialog(dialog);
  answer?.(value);
  answer = undefined;
}
