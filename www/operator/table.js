// Lists as tables that can be worked through with the keyboard: each row is a link. On a telephone a row is a card.
import { element } from '/lib/dom.js';
import { word } from '/lib/words.js';
import { changed, queryNow } from './address.js';
import { number, wordOr } from './format.js';

/**
 * A table of `rows`. `caption` names it to a screen reader. Each of `columns` is `{ name, cell, kind, below }`: what the head
 * says, `cell(row)` as text or element(s) (an array), and `kind`: `money` (right-aligned figures), `main` (the one that names
 * the row and gets its link; `below(row)` stands under it), `wide` (broken into lines) or `act` (buttons; no head is shown).
 * `href(row)`: where a row leads; undefined for nowhere.
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
  // A style sheet that shows rows as cards would take the meaning of a table away: the roles keep it.
  return element(
    'table',
    { className: 'list', attributes: { role: 'table' } },
    element('caption', { className: 'visually-hidden', textContent: caption }),
    element('thead', { attributes: { role: 'rowgroup' } }, element('tr', { attributes: { role: 'row' } }, ...head)),
    body,
  );
}

/** Where a page of a list stands in the whole, and the links to those beside it. `list` is an answer of the Worker's. */
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

/** The links to the portion that follows, whose cursor is `next`, and back to the first one; nothing where all is shown. */
export function portions(next) {
  const link = (id, key, cursor) => element('a', { id, className: 'button', href: changed({ cursor }), textContent: word(key) });
  const links = [];
  if (queryNow().get('cursor')) links.push(link('page-first', 'pageFirst', ''));
  if (next) links.push(link('page-next', 'pageNext', next));
  return links.length ? [element('nav', { className: 'pager', ariaLabel: word('pages') }, ...links)] : [];
}

/** Names and values, as pairs; those without a value are left out. A value is text or an element. */
export const facts = (pairs) =>
  element(
    'dl',
    { className: 'facts' },
    ...pairs
      .filter(([, value]) => value !== undefined && value !== null && value !== '' && value !== false)
      .map(([name, value]) => element('div', {}, element('dt', { textContent: name }), element('dd', {}, value))),
  );

/** Something that is beside the point, on a line of its own. */
export const soft = (content) => element('span', { className: 'soft' }, content);

/** An id or a code, which is not broken or translated. */
export const code = (text) => element('span', { className: 'code', textContent: text, translate: false });

/**
 * How something stands, as a label: the word under `state.<status>`, in the colour of its `tone`: good, warn, bad or none. The
 * colour says nothing that the word does not.
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
    const content = told(column.cell(row));
    const data = kind === 'act' || kind === 'main' ? {} : { label: name };
    if (kind !== 'main') return element('td', { className: kind, data, attributes: { role: 'cell' } }, ...content);
    const link = href ? [element('a', { href, className: 'row-link' }, ...content)] : content;
    return element(
      'th',
      { scope: 'row', className: kind, data, attributes: { role: 'rowheader' } },
      ...link,
      ...told(column.below?.(row)),
    );
  });
  return element('tr', { data: href ? { href: '' } : {}, attributes: { role: 'row' } }, ...cells);
}

/** The parts of a cell's content that say something. */
const told = (content) => [content].flat().filter((part) => part !== undefined && part !== null && part !== '');

/** A click anywhere on a row is one on its link, in another tab if the keys say so; unless somebody marks text. */
function followRow(event) {
  if (event.target.closest('a, button, input, label') || String(getSelection())) return;
  const { ctrlKey, metaKey, shiftKey } = event;
  const click = new MouseEvent('click', { bubbles: true, cancelable: true, ctrlKey, metaKey, shiftKey });
  event.target.closest('tr')?.querySelector('.row-link')?.dispatchEvent(click);
}
