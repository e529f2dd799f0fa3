// Asks once before something that cannot be undone. Each button says what it does.
import { action, byId, element } from '/lib/dom.js';

const dialog = byId('ask');

/**
 * Shows `title` and `text`, below them the element `more` if there is one, and `choices`, `{ label, value, kind }` each; the
 * last one is the safe one and has the focus. Resolves to the value of what was chosen, undefined for Escape.
 */
export function ask({ title, text, more, choices }) {
  byId('ask-title').textContent = title;
  byId('ask-text').textContent = text;
  for (const old of dialog.querySelectorAll('.more')) old.remove();
  if (more) byId('ask-text').after(element('div', { className: 'more' }, more));
  const buttons = choices.map(({ label, value, kind }) => action(label, { kind, onClick: () => dialog.close(value) }));
  byId('ask-actions').replaceChildren(...buttons);
  dialog.returnValue = '';
  dialog.showModal();
  buttons.at(-1).focus();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue || undefined), { once: true });
  });
}

/** Takes the question back: what it asked about has changed. */
export const dismiss = () => dialog.close('');
