// A text that is to be copied: a field that selects it, and a button beside it.
import { action, element } from '/lib/dom.js';
import { word } from '/lib/words.js';
import { announce } from '/staff/announce.js';

/** `byHand` is the key of the words for a browser that does not allow copying. */
export function copyField({ id, label, value, byHand }) {
  const text = element('input', { id, className: 'url', type: 'text', readOnly: true, value, autocomplete: 'off', spellcheck: false });
  text.addEventListener('focus', () => text.select());
  const copier = action(word('share.copy'), { kind: 'primary', onClick: () => copy(text, copier, byHand) });
  copier.id = `${id}-copy`;
  return element(
    'div',
    { className: 'field' },
    element('label', { htmlFor: id, textContent: label }),
    element('div', { className: 'joined' }, text, copier),
  );
}

async function copy(text, copier, byHand) {
  try {
    await navigator.clipboard.writeText(text.value);
    announce(word('share.copied'));
    showCopied(copier);
  } catch {
    // Not allowed: the text is selected, to be copied by hand.
    text.focus();
    text.select();
    announce(word(byHand));
  }
}

/** Confirms it on the button for a moment. */
function showCopied(button) {
  button.textContent = word('share.copied');
  setTimeout(() => (button.textContent = word('share.copy')), 2500);
}
