// A day, week or month in figures: charges by channel and time, and refunds.
import { byId } from '/lib/dom.js';
import { barChart } from './day/chart.js';
import { figuresOf } from './day/figures.js';
import { figuresTable } from './day/figures-table.js';
import { periodOf, periods } from './day/period.js';
import { rowsOf } from './day/rows.js';
import { sums } from './day/sums.js';
import { summarySection } from './day/summary.js';

export async function show(main, query, tools) {
  const { word, element } = tools;
  const period = periodOf(query.get('period'), query.get('date'));
  const figures = await figuresOf(period, tools);
  const again = tools.action(word('day.refresh'), { onClick: () => tools.refresh() });
  const paper = Object.assign(tools.action(word('share.print'), { onClick: () => print() }), { id: 'day-print' });
  tools.title(word('day.title'), paper, again);
  const chart = barChart({
    id: 'chart',
    label: word('day.chartLabel', { period: period.title, ...largestOf(figures, period, tools) }),
    bars: figures.buckets.map(({ at, amount }) => ({ amount, ...period.namesOf(at, figures.bucketMinutes) })),
  });
  tools.signal.addEventListener('abort', chart.stop, { once: true });
  const parts = [
    steps(period, tools),
    element('h2', { className: 'period', textContent: period.title }),
    sums(figures, tools),
    element(
      'section',
      { className: 'panel', attributes: { 'aria-labelledby': 'chart-title' } },
      element('h3', { id: 'chart-title', textContent: word(figures.bucketMinutes === 60 ? 'day.byHour' : 'day.byDay') }),
      chart.place,
      behind(figures, period, tools),
    ),
    byKind(figures, tools),
    summarySection(tools),
    element('p', { className: 'hint', textContent: word('day.asOf', { time: tools.moment(Date.now()) }) }),
    element('p', { className: 'hint on-paper', ariaHidden: 'true', textContent: byId('zone-note').textContent }),
    signatures(tools),
  ];
  main.replaceChildren(...parts);
}

/** The choice of day, week or month, the period before and after, and a date. */
function steps(period, { word, element, action, tabs, changed, go, signal }) {
  const options = periods.map((name) => [name === 'day' ? '' : name, word(`day.${name}`)]);
  const kinds = tabs({ name: 'period', label: word('day.period'), options });
  const field = element('input', { id: 'day-date', type: 'date', value: period.day, max: '2999-12-31' });
  const leave = () => {
    if (!field.value || field.value === period.day) return;
    go(changed({ date: field.value }), { keepFocus: true });
  };
  // Each typed digit makes another date: it applies when the field loses the focus.
  let isTyped = false;
  // Tab and space open the calendar, where one date is chosen.
  field.addEventListener('keydown', ({ key }) => (key === 'Enter' ? leave() : (isTyped = ![' ', 'Tab'].includes(key))));
  field.addEventListener('pointerdown', () => (isTyped = false));
  field.addEventListener('change', () => isTyped || leave());
  // A field that is replaced by the next view does not lose the focus by the user.
  field.addEventListener('blur', () => signal.aborted || leave());
  const step = (id, key, date, sign) => {
    const link = Object.assign(action(sign ?? word(key), { href: changed({ date }) }), { id });
    if (sign) link.setAttribute('aria-label', word(key));
    return link;
  };
  return element(
    'div',
    { className: 'steps' },
    kinds,
    element(
      'div',
      { className: 'actions' },
      step('day-before', 'day.before', period.before, '‹'),
      element(
        'div',
        { className: 'field' },
        element('label', { className: 'visually-hidden', htmlFor: field.id, textContent: word('day.date') }),
        field,
      ),
      step('day-after', 'day.after', period.after, '›'),
      ...(period.isNow ? [] : [step('day-today', 'day.today', '')]),
    ),
  );
}

/** Describes the largest bar. */
function largestOf({ paid, buckets, bucketMinutes }, { namesOf }, { word, money, counted }) {
  const total = counted('day.payments', paid.count);
  const most = [...buckets].sort((one, other) => Number(other.amount) - Number(one.amount))[0];
  if (!Number(most?.amount)) return { total, most: word('day.noMost') };
  return { total, most: word('day.most', { when: namesOf(most.at, bucketMinutes).name, amount: money(most.amount) }) };
}

/** Lines for signatures, on paper only. */
const signatures = ({ word, element }) =>
  element(
    'div',
    { className: 'signatures', ariaHidden: 'true' },
    ...['day.handedOver', 'day.received'].map((key) => element('span', { textContent: word(key) })),
  );

/** The chart's values as a table. */
function behind({ buckets, bucketMinutes }, { namesOf }, { word, element }) {
  const rows = buckets.map((bucket) => ({ ...bucket, name: namesOf(bucket.at, bucketMinutes).name }));
  const first = word(bucketMinutes === 60 ? 'day.hour' : 'day.date');
  const figures = figuresTable({ caption: word('day.tableCaption'), first, rows });
  return element('details', {}, element('summary', { id: 'chart-table', textContent: word('day.asTable') }), figures);
}

/** Always in the same order, so that days can be compared. */
const inOrder = (kinds) => [...kinds].sort((one, other) => shown.indexOf(one.kind) - shown.indexOf(other.kind));
const shown = ['order', 'payment-intent', 'card-payment'];

function byKind({ kinds, from, to }, { word, wordOr, element, href }) {
  const rows = inOrder(kinds).map(({ kind, ...sum }) => {
    const textContent = wordOr(`day.kind.${kind}`, kind);
    const rowsHref = sum.count > 0 && rowsOf(kind, { from, to }, href);
    return { ...sum, name: rowsHref ? element('a', { id: `rows-${kind}`, href: rowsHref, textContent }) : textContent };
  });
  return element(
    'section',
    { attributes: { 'aria-labelledby': 'kinds-title' } },
    element('h3', { id: 'kinds-title', textContent: word('day.kinds') }),
    figuresTable({ caption: word('day.kinds'), first: word('day.kind'), rows }),
  );
}
