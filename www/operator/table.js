// Lists as tables for keyboard use: each row is a link. On a phone a row is a card.
import { element } from '/lib/dom.js';
import { word } from '/lib/words.js';
import { changed, queryNow } from './address.js';
import { number, wordOr } from './format.js';

/**
 * A table of `rows`. `caption` is its accessible name. Each of `columns` is `{ name, cell, kind, below }`: the header, `cell(row)` as text
 * or element(s) (an array), and `kind`: `money` (right-aligned figures), `main` (the row's header, which gets its link; `below(row)` is
 * shown under it), `wide` (wraps) or `act` (buttons, without a visible header). `href(row)` is the row's link, or undefined.
 */
export function table({ caption, columns, rows, href = () => undefined }) {
  const head = columns.map(({ name, kind = '' }) =>
    element(
      'th',
      { scope: 'col', className: kind, attributes: { role: 'columnheader' } },
      element('span', { className: kind === 'act' ? 'visually-hidden' : '', textContent: name }),
    ),
  );
  const body = element(
    'tbody',
    { attributes: { role: 'rowgroup' } },
    ...rows.map((row) => line(row, columns, href(row))),
  );
  body.addEventListener('click', followRow);
  // Explicit roles, since `display` of the card layout removes a table's semantics.
  return element(
    'table',
    { className: 'list', attributes: { role: 'table' } },
    element('caption', { className: 'visually-hidden', textContent: caption }),
    element('thead', { attributes: { role: 'rowgroup' } }, element('tr', { attributes: { role: 'row' } }, ...head)),
    body,
  );
}

/** The position of a page in a list, and links to the adjacent pages. `list` is an answer of the Worker. */
export function pager({ count, page, pageSize, items }) {
  const first = (page - 1) * pageSize + 1;
  const last = first + items.length - 1;
  const range = { first: number(first), last: number(last), count: number(count) };
  const text = element('p', { textContent: items.length ? word('pageRange', range) : word('pageBeyond', range) });
  const link = (id, key, to) =>
    element('a', { id, className: 'button', href: changed({ page: to > 1 ? to : '' }), textContent: word(key) });
  const links = [];
  if (page > 1) links.push(link('page-before', 'pageBefore', page - 1));
  if (page * pageSize < count) links.push(link('page-next', 'pageNext', page + 1));
  return element('nav', { className: 'pager', ariaLabel: word('pages') }, text, ...links);
}

/** The links to the next portion, whose cursor is `next`, and to the first one; nothing if all is shown. */
export function portions(next) {
  const link = (id, key, cursor) => element('a', { id, className: 'button', href: changed({ cursor }), textContent: word(key) });
  const links = [];
  if (queryNow().get('cursor')) links.push(link('page-first', 'pageFirst', ''));
  if (next) links.push(link('page-next', 'pageNext', next));
  return links.length ? [element('nav', { className: 'pager', ariaLabel: word('pages') }, ...links)] : [];
}

/** A list of names and values, which are text or elements; empty values are left out. */
export const facts = (pairs) =>
  element(
    'dl',
    { className: 'facts' },
    ...pairs
      .filter(([, value]) => value !== undefined && value !== null && value !== '' && value !== false)
      .map(([name, value]) => element('div', {}, element('dt', { textContent: name }), element('dd', {}, value))),
  );

/** A secondary line. */
export const soft = (content) => element('span', { className: 'soft' }, content);

/** An id or a code, which neither wraps nor is translated. */
export const code = (text) => element('span', { className: 'code', textContent: text, translate: false });

/**
 * A status label: the word under `state.<status>`, in the colour of its `tone`: good, warn, bad or none. The colour adds no information.
 */
export const state = (status, tone = tones[status] ?? '') =>
  element('span', { className: `state ${tone}`.trim(), textContent: wordOr(`state.${status}`, status) });

const tones = {
  paid: 'good',
  confirmed: 'good',
  delivered: 'good',
  active: 'good',
  done: 'good',
  'on-hold': 'bad',
  parked: 'bad',
  failed: 'bad',
  unknown: 'warn',
  verifying: 'warn',
  'awaiting-payment': 'warn',
  waiting: 'warn',
  pending: 'warn',
};

function line(row, columns, href) {
  const cells = columns.map((column) => {
    const { name, kind = '' } = column;
    const content = partsOf(column.cell(row));
    const data = kind === 'act' || kind === 'main' ? {} : { label: name };
    if (kind !== 'main') return element('td', { className: kind, data, attributes: { role: 'cell' } }, ...content);
    const link = href ? [element('a', { href, className: 'row-link' }, ...content)] : content;
    return element(
      'th',
      { scope: 'row', className: kind, data, attributes: { role: 'rowheader' } },
      ...link,
      ...partsOf(column.below?.(row)),
    );
  });
  return element('tr', { data: href ? { href: '' } : {}, attributes: { role: 'row' } }, ...cells);
}

/** Returns the parts of a cell that are not empty. */
const partsOf = (content) => [content].flat().filter((part) => part !== undefined && part !== null && part !== '');

/** A click anywhere on a row follows its link, in another tab with the usual keys, unless text is selected. */
function followRow(event) {
  if (event.target.closest('a, button, input, label') || String(getSelection())) return;
  const { ctrlKey, metaKey, shiftKey } = event;
  const click = new MouseEvent('click', { bubbles: true, cancelable: true, ctrlKey, metaKey, shiftKey });
  event.target.closest('tr')?.querySelector('.row-link')?.dispatchEvent(click);
}
