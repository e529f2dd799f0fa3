// What forms are made of. Words are named by their keys, so that a change of language finds them (lib/words.js).
import { element } from '/lib/dom.js';
import { word } from '/lib/words.js';

/** An element that says the word under `key`, in each language. */
export const spoken = (name, key, properties = {}) =>
  element(name, { ...properties, data: { word: key }, textContent: word(key) });

/** What the inputs of each kind have, so that telephones offer the right keys and correct nothing. */
const kinds = {
  text: { type: 'text' },
  name: { type: 'text', autocapitalize: 'words' },
  code: { type: 'text', autocapitalize: 'none', spellcheck: false },
  digits: { type: 'text', inputMode: 'numeric' },
  amount: { type: 'text', inputMode: 'decimal' },
  email: { type: 'email', inputMode: 'email', autocapitalize: 'none', spellcheck: false },
  phone: { type: 'tel', inputMode: 'tel' },
  url: { type: 'url', inputMode: 'url', autocapitalize: 'none', spellcheck: false },
};

/**
 * A field with its label and the place for its problem. `label` is the key of its word; `hint` is one too, or an element.
 * `pointer` names it in the body that is sent, `kind` says what is typed. `prefix` stands in front of it, `beside` is
 * another control of the same field. People do not type their own data here: nothing is filled in for them.
 */
export function field({ kind = 'text', wide = false, ...of }, control = element('input')) {
  const { id, pointer, label, hint, prefix, beside } = of;
  const told = typeof hint === 'string' ? spoken('p', hint, { className: 'hint', id: `${id}-hint` }) : hint;
  const described = `${told ? `${told.id} ` : ''}${id}-error`;
  Object.assign(control, { id, name: id, autocomplete: 'off' }, control.tagName === 'INPUT' ? kinds[kind] : {});
  control.dataset.pointer = pointer;
  control.setAttribute('aria-describedby', described);
  return element(
    'div',
    { className: `field${wide ? ' wide' : ''}` },
    spoken('label', label, { htmlFor: id }),
    ...(told ? [told] : []),
    framed(control, prefix, beside),
    element('p', { className: 'error', id: `${id}-error`, hidden: true }),
  );
}

function framed(control, prefix, beside) {
  const before = element('span', { textContent: prefix ?? '', ariaHidden: 'true' });
  if (prefix) return element('div', { className: 'prefixed' }, before, control);
  return beside ? element('div', { className: 'joined' }, control, beside) : control;
}

/** Fields that belong together under a heading, `legend` by its key. */
export const group = (legend, ...fields) =>
  element('fieldset', {}, spoken('legend', legend), element('div', { className: 'fields pair' }, ...fields));

/** Where the problems of a form are told all together (lib/fields.js). */
export function summaryPlace(id = 'summary') {
  const attributes = { role: 'group', 'aria-labelledby': `${id}-title` };
  const title = element('h2', { id: `${id}-title` });
  return element('div', { className: 'notice bad', id, tabIndex: -1, hidden: true, attributes }, title, element('ul'));
}
