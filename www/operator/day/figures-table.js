// Counts and amounts, which stay a table on a phone.
import { element } from '/lib/dom.js';
import { word } from '/lib/words.js';
import { money, number } from '../format.js';

/**
 * Returns a table of `rows`, `{ name, count, amount }` each, with null for an unknown count; `first` is the header of the names (text or
 * elements).
 */
export function figuresTable({ caption, first, rows }) {
  const heads = [first, word('day.count'), word('cards.amount')];
  return element(
    'table',
    { className: 'figures-table' },
    element('caption', { className: 'visually-hidden', textContent: caption }),
    element('thead', {}, element('tr', {}, ...heads.map((text) => element('th', { scope: 'col', textContent: text })))),
    element('tbody', {}, ...rows.map(line)),
  );
}

const line = ({ name, count, amount }) =>
  element(
    'tr',
    {},
    element('th', { scope: 'row' }, name),
    element('td', { textContent: count === null ? '—' : number(count) }),
    element('td', { className: 'money', textContent: money(amount) }),
  );
