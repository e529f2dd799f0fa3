// Charges at terminals and of saved cards, and refunds: the rows behind the day's figures.
import { noteIn } from '/staff/references.js';
import { need } from './needs.js';

const channels = ['terminal', 'card', 'refund'];
/** The longest period of the Worker's list of settled charges. */
const MOST_DAYS = 366;

export async function show(main, query, tools) {
  const { api, word, counted, tabs, searchForm, table, portions, empty, notice, hrefOf } = tools;
  const channel = channels.find((known) => known === query.get('channel'));
  const isRefunds = channel === 'refund';
  const isSettled = query.get('by') === 'settled';
  const search = query.get('search');
  const period = periodOf(query, isSettled, tools);
  const wrong = wrongIn(period, isSettled);
  const filter = tabs({
    name: 'channel',
    label: word('charges.channel'),
    options: [['', word('charges.all')], ...channels.map((one) => [one, word(`charges.${one}`)])],
  });
  const dates = isRefunds ? ['requested', 'refunded'] : ['created', 'charged'];
  const form = searchForm({
    label: word('charges.filters'),
    fields: [
      { name: 'search', label: word(isRefunds ? 'orders.search' : 'charges.search'), type: 'search' },
      { name: 'by', label: word('dates'), options: dates.map((one, at) => [at ? 'settled' : '', word(`dates.${one}`)]) },
      { name: 'from', label: word('from'), type: 'date' },
      { name: 'to', label: word('to'), type: 'date' },
    ],
  });
  if (wrong) {
    main.replaceChildren(filter, form, notice({ text: word(wrong), tone: 'warn' }));
    tools.announce(word(wrong));
    return;
  }
  const list = await api.get('operator/charges', {
    ...(isRefunds ? { type: 'refund' } : { channel }),
    ...(isSettled ? { settledFrom: period.from, settledTo: period.to } : period),
    search,
    cursor: query.get('cursor'),
  });
  const parts = [filter, form, ...(list.sum ? sumOf(list.sum, period, isRefunds, tools) : [])];
  const isAll = !channel && !search && !period.from && !period.to && !query.get('cursor');
  const none = isAll
    ? { title: word('charges.none'), text: word('charges.noneText') }
    : { title: word('charges.empty'), text: search && word('charges.searchText') };
  const rows = { caption: word('charges.title'), columns: columns(isRefunds, tools), rows: list.items };
  const href = ({ reference }) => hrefOf('card-payment', { reference });
  parts.push(...(list.items.length ? [table({ ...rows, href }), ...portions(list.next)] : [empty(none)]));
  main.replaceChildren(...parts);
  tools.announce(counted(isRefunds ? 'charges.foundRefunds' : 'charges.found', list.items.length));
}

/**
 * Returns the period of the filter's days. Settled charges need both ends: a first day leads up to today, a last day ends a year, and
 * without either it is today.
 */
function periodOf(query, isSettled, { dayOf, startOfDay }) {
  let [from, to] = [query.get('from'), query.get('to')];
  if (isSettled) {
    const today = dayOf(Date.now());
    // A URL may have anything for a day.
    const before = to && startOfDay(to, -364);
    from ??= to ? before && dayOf(before) : today;
    to ??= from > today ? from : today;
  }
  return { from: from && startOfDay(from), to: to && startOfDay(to, 1) };
}

/** Returns the key of the words for an invalid period. */
function wrongIn({ from, to }, isSettled) {
  const ms = Date.parse(to) - Date.parse(from);
  if (ms <= 0) return 'export.order';
  return isSettled && !(ms <= MOST_DAYS * 86_400_000) ? 'charges.tooLong' : undefined;
}

/** Describes how many were settled in the period, and their sum. */
function sumOf({ count, amount }, { from, to }, isRefunds, { counted, element, moment, money, word }) {
  const counts = counted(isRefunds ? 'day.refunds' : 'day.payments', count);
  const period = word(isRefunds ? 'charges.refundPeriod' : 'charges.period', { from: moment(from), to: moment(to) });
  const sum = element('strong', { className: 'money', textContent: money(amount) });
  return [element('p', {}, sum, ` · ${counts}`), element('p', { className: 'soft', textContent: period })];
}

const columns = (isRefunds, { word, money, time, state, soft, code }) => [
  {
    name: word('concept'),
    kind: 'main',
    cell: (charge) => chargeName(charge, word),
    below: (charge) => [
      noteIn(charge.externalId) && soft(`${word('story.sale')}: ${noteIn(charge.externalId)}`),
      charge.onHold && soft(need({ kind: kindOf(charge), reason: charge.onHold }).what),
    ],
  },
  { name: word('amount'), kind: 'money', cell: ({ amount, currency }) => money(amount, currency) },
  { name: word('status'), cell: ({ status }) => state(status) },
  { name: word('reference'), cell: ({ reference }) => code(reference) },
  { name: word(isRefunds ? 'charges.requestedAt' : 'createdAt'), cell: ({ createdAt }) => time(createdAt) },
  // A refund is counted by when it was requested.
  ...(isRefunds ? [] : [{ name: word('charges.settledAt'), cell: ({ settledAt }) => time(settledAt) }]),
];

/** Returns the name of a charge: its description, or where it was made. */
export function chargeName({ type, channel, description, terminalCode }, word) {
  if (type === 'refund') return word('charges.ofRefund');
  if (channel === 'card') return description ?? word('charges.ofCard');
  return terminalCode ? word('charges.ofTerminal', { terminal: terminalCode }) : word('story.ofIntent');
}

/** Returns the kind that the attention list uses. */
export function kindOf({ type, channel }) {
  if (type === 'refund') return 'refund';
  return channel === 'terminal' ? 'payment-intent' : 'card-payment';
}
