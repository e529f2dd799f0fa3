// Charges at terminals and of saved cards, and refunds: what the day's figures count, row by row.
import { need } from './needs.js';

const channels = ['terminal', 'card', 'refund'];

export async function show(main, query, tools) {
  const { api, word, tabs, searchForm, table, portions, empty, dayOf, startOfDay, hrefOf, element, moment } = tools;
  const channel = channels.find((known) => known === query.get('channel'));
  const isSettled = query.get('by') === 'settled';
  const period = periodOf(query, isSettled ? dayOf(Date.now()) : undefined, startOfDay);
  const list = await api.get('operator/charges', {
    ...(channel === 'refund' ? { type: 'refund' } : { channel }),
    ...(isSettled ? { settledFrom: period.from, settledTo: period.to } : period),
    cursor: query.get('cursor'),
  });
  const filter = tabs({
    name: 'channel',
    label: word('charges.channel'),
    options: [['', word('charges.all')], ...channels.map((one) => [one, word(`charges.${one}`)])],
  });
  const settled = word(channel === 'refund' ? 'state.refunded' : 'charges.settledAt');
  const form = searchForm({
    label: word('charges.filters'),
    fields: [
      { name: 'by', label: word('dates'), options: [['', word('createdAt')], ['settled', settled]] },
      { name: 'from', label: word('from'), type: 'date' },
      { name: 'to', label: word('to'), type: 'date' },
    ],
  });
  const parts = [filter, form];
  if (isSettled) {
    const text = word('charges.period', { settled, from: moment(period.from), to: moment(period.to) });
    parts.push(element('p', { className: 'soft', textContent: text }));
  }
  const isAll = !channel && !period.from && !period.to && !query.get('cursor');
  const none = isAll ? { title: word('charges.none'), text: word('charges.noneText') } : { title: word('charges.empty') };
  const rows = { caption: word('charges.title'), columns: columns(settled, tools), rows: list.items };
  const href = ({ reference }) => hrefOf('card-payment', { reference });
  parts.push(...(list.items.length ? [table({ ...rows, href }), ...portions(list.next)] : [empty(none)]));
  main.replaceChildren(...parts);
  tools.say(tools.counted('charges.found', list.items.length));
}

/** The times from the days of the filter; of those that were settled both ends are needed, today's for want of others. */
function periodOf(query, today, startOfDay) {
  const from = query.get('from') ?? (today && (query.get('to') ?? today));
  const to = query.get('to') ?? (today && from);
  return { from: from && startOfDay(from), to: to && startOfDay(to, 1) };
}

const columns = (settled, { word, money, time, state, soft, code }) => [
  {
    name: word('concept'),
    kind: 'main',
    cell: (charge) => chargeName(charge, word),
    below: (charge) => [
      charge.externalId && soft(code(charge.externalId)),
      charge.onHold && soft(need({ kind: kindOf(charge), reason: charge.onHold }).what),
    ],
  },
  { name: word('amount'), kind: 'money', cell: ({ amount, currency }) => money(amount, currency) },
  { name: word('status'), cell: ({ status }) => state(status) },
  { name: word('reference'), cell: ({ reference }) => code(reference) },
  { name: word('createdAt'), cell: ({ createdAt }) => time(createdAt) },
  { name: settled, cell: ({ settledAt }) => time(settledAt) },
];

/** What a charge is called: what it was for, or where it was made. */
export function chargeName({ type, channel, description, terminalCode }, word) {
  if (type === 'refund') return word('charges.ofRefund');
  if (channel === 'card') return description ?? word('charges.ofCard');
  return terminalCode ? word('charges.ofTerminal', { terminal: terminalCode }) : word('charges.ofAnyTerminal');
}

/** Its kind, as the list of what needs a person names it. */
export function kindOf({ type, channel }) {
  if (type === 'refund') return 'refund';
  return channel === 'terminal' ? 'payment-intent' : 'card-payment';
}
