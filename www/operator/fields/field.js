// The parts of forms. Words are named by their keys, so that a change of language updates them (lib/words.js).
import { element } from '/lib/dom.js';
import { word } from '/lib/words.js';

/** Creates an element with the word under `key`, in each language. */
export const localized = (name, key, properties = {}) =>
  element(name, { ...properties, data: { word: key }, textContent: word(key) });

/** The attributes of inputs of each kind, for on-screen keyboards and without autocorrection. */
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
 * Returns a field with its label and the element of its problem. `label` is the key of its word; `hint` is a key or an element. `pointer`
 * is its place in the body, `kind` that of its value. `prefix` is shown before it, `beside` is another control of the same field. There is
 * no autofill: people type the data of others here.
 */
export function field({ kind = 'text', wide = false, ...of }, control = element('input')) {
  const { id, pointer, label, hint, prefix, beside } = of;
  const hinted = typeof hint === 'string' ? localized('p', hint, { className: 'hint', id: `${id}-hint` }) : hint;
  const described = `${hinted ? `${hinted.id} ` : ''}${id}-error`;
  Object.assign(control, { id, name: id, autocomplete: 'off' }, control.tagName === 'INPUT' ? kinds[kind] : {});
  control.dataset.pointer = pointer;
  control.setAttribute('aria-describedby', described);
  return element(
    'div',
    { className: `field${wide ? ' wide' : ''}` },
    localized('label', label, { htmlFor: id }),
    ...(hinted ? [hinted] : []),
    framed(control, prefix, beside),
    element('p', { className: 'error', id: `${id}-error`, hidden: true }),
  );
}

function framed(control, prefix, beside) {
  const before = element('span', { textContent: prefix ?? '', ariaHidden: 'true' });
  if (prefix) return element('div', { className: 'prefixed' }, before, control);
  return beside ? element('div', { className: 'joined' }, control, beside) : control;
}

/** Returns fields with a heading, `legend` by its key. */
export const group = (legend, ...fields) =>
  element('fieldset', {}, localized('legend', legend), element('div', { className: 'fields pair' }, ...fields));

/** Returns the error summary of a form (lib/fields.js). */
export function summaryPlace(id = 'summary') {
  const attributes = { role: 'group', 'aria-labelledby': `${id}-title` };
  const title = element('h2', { id: `${id}-title` });
  return element('div', { className: 'notice bad', id, tabIndex: -1, hidden: true, attributes }, title, element('ul'));
}
