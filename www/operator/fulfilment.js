// Paid orders that are to be prepared and handed over, the longest waiting first.
import { fulfilmentButtons } from './fulfilment/actions.js';
import { hasJustLeft } from './fulfilment/record.js';

const states = ['pending', 'prepared', 'handed-over'];

export async function show(main, query, tools) {
  const { api, word, tabs, table, pager, empty, counted, detailHref, announce } = tools;
  const fulfilment = states.find((known) => known === query.get('fulfilment')) ?? 'pending';
  const answer = await api.get('operator/orders', { fulfilment, page: query.get('page'), pageSize: 50 });
  const items = answer.items.filter(({ reference }) => !hasJustLeft(reference, fulfilment));
  const list = { ...answer, items, count: answer.count - (answer.items.length - items.length) };
  const options = states.map((one) => [one === 'pending' ? '' : one, word(`fulfilment.tab.${one}`)]);
  const parts = [tabs({ name: 'fulfilment', label: word('fulfilment.filter'), options })];
  if (list.count === 0) parts.push(empty({ title: word(`fulfilment.none.${fulfilment}`) }));
  else {
    const caption = word('fulfilment.list', { page: list.page });
    parts.push(table({ caption, columns: columns(fulfilment, tools), rows: list.items, href: detailHref }), pager(list));
  }
  main.replaceChildren(...parts);
  // The outcome of an action is read instead.
  if (!tools.byId('notices').textContent) announce(counted('orders.found', list.count));
}

const columns = (status, { word, money, number, time, soft, code, ...tools }) => [
  {
    name: word('concept'),
    kind: 'main',
    cell: ({ description }) => description || word('conceptMissing'),
    below: ({ reference }) => soft(code(reference)),
  },
  { name: word('fulfilment.pieces'), kind: 'money', cell: ({ pieces }) => number(pieces) },
  { name: word('fulfilment.shipping'), cell: ({ shipping }) => shipping },
  status === 'handed-over'
    ? { name: word('state.handed-over'), cell: ({ fulfilmentAt }) => time(fulfilmentAt) }
    : { name: word('paidAt'), cell: ({ paidAt }) => time(paidAt) },
  { name: word('amount'), kind: 'money', cell: ({ amount, currency }) => money(amount, currency) },
  // What is undone or corrected is looked at first, on the order's detail.
  ...(status === 'handed-over' ? [] : [actions(status, { word, ...tools })]),
];

const actions = (status, tools) => ({
  name: tools.word('actions'),
  kind: 'act',
  cell: ({ reference }) =>
    fulfilmentButtons({ reference, status, onDone: tools.refresh }, tools).slice(0, status === 'prepared' ? 1 : 2),
});
