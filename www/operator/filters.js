// Filters of a list. Their values are in the URL alone.
import { element } from '/lib/dom.js';
import { word } from '/lib/words.js';
import { changed, go, queryNow } from './address.js';

/**
 * A filter as adjacent links: `name` is its parameter, `label` its accessible name, `options` are pairs of a value and its word; the empty
 * value removes the filter.
 */
export function tabs({ name, label, options }) {
  const now = queryNow().get(name) ?? '';
  const links = options.map(([value, text]) => {
    const link = element('a', {
      id: `${name}-${value || 'all'}`,
      href: changed({ [name]: value, page: '', cursor: '' }),
      textContent: text,
      data: { stay: '' },
    });
    if (value === now) link.setAttribute('aria-current', 'true');
    return element('li', {}, link);
  });
  return element('nav', { className: 'tabs', ariaLabel: label }, element('ul', {}, ...links));
}

/**
 * Filters that are set together, as a form. Each of `fields` is `{ name, label, type }` of an input (`search`, `date`), or has `options`
 * (pairs of a value and its word). Dates come last, side by side.
 */
export function searchForm({ label, fields }) {
  const query = queryNow();
  const placesOf = (isDate) =>
    fields.filter(({ type }) => (type === 'date') === isDate).map((field) => place(field, query.get(field.name) ?? ''));
  const days = placesOf(true);
  const submit = element('button', { className: 'button', type: 'submit', textContent: word('search') });
  const isSet = fields.some(({ name }) => query.get(name));
  const cleared = changed({ ...Object.fromEntries(fields.map(({ name }) => [name, ''])), page: '', cursor: '' });
  const clear = element('a', { className: 'button quiet', href: cleared, textContent: word('clearFilters') });
  const form = element(
    'form',
    { className: 'filters', role: 'search', ariaLabel: label },
    ...placesOf(false),
    ...(days.length ? [element('div', { className: 'days' }, ...days)] : []),
    submit,
    ...(isSet ? [clear] : []),
  );
  submit.id = 'filters-set';
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const values = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, value.trim()]));
    go(changed({ ...values, page: '', cursor: '' }), { keepFocus: true });
  });
  return form;
}

function place({ name, label, type, options }, value) {
  const id = `filter-${name}`;
  const input = options
    ? element('select', { id, name }, ...options.map(([key, text]) => new Option(text, key, false, key === value)))
    : element('input', { id, name, type, value, autocomplete: 'off', spellcheck: false, ...(type === 'date' && { max: '2999-12-31' }) });
  return element('div', { className: 'field' }, element('label', { htmlFor: id, textContent: label }), input);
}
