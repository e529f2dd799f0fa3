// Orders: of the shop, of links created here, and of the merchant's backend.
import { folioOf } from '/staff/references.js';
import { exportOrders } from './export.js';
import { need } from './needs.js';

const fulfilments = ['pending', 'prepared', 'handed-over'];
const statuses = ['awaiting-payment', 'verifying', 'paid', 'expired', 'cancelled', 'on-hold', 'failed'];

export async function show(main, query, tools) {
  const { api, word, searchForm, table, pager, empty, counted, href, action, startOfDay, detailHref, announce } = tools;
  const day = (name, daysLater) => query.get(name) && startOfDay(query.get(name), daysLater);
  const status = statuses.find((known) => known === query.get('status'));
  const fulfilment = fulfilments.find((known) => known === query.get('fulfilment'));
  const search = query.get('search');
  const times = query.get('by') === 'settled' ? ['settledFrom', 'settledTo'] : ['from', 'to'];
  const wanted = { search, status, fulfilment, [times[0]]: day('from', 0), [times[1]]: day('to', 1) };
  const list = await api.get('operator/orders', { ...wanted, page: query.get('page'), pageSize: 50 });
  const form = searchForm({
    label: word('orders.filters'),
    fields: [
      { name: 'search', label: word('orders.search'), type: 'search' },
      {
        name: 'status',
        label: word('status'),
        options: [['', word('any')], ...statuses.map((one) => [one, word(`state.${one}`)])],
      },
      {
        name: 'fulfilment',
        label: word('fulfilment.delivery'),
        options: [['', word('any')], ...fulfilments.map((one) => [one, word(`fulfilment.tab.${one}`)])],
      },
      { name: 'by', label: word('dates'), options: [['', word('dates.created')], ['settled', word('dates.paid')]] },
      { name: 'from', label: word('from'), type: 'date' },
      { name: 'to', label: word('to'), type: 'date' },
    ],
  });
  const download = action(word('export.open'), { onClick: () => exportOrders(main, wanted, tools) });
  tools.title(word('orders.title'), ...(list.count > 0 ? [download] : []));
  const parts = [form];
  const isFiltered = Object.values(wanted).some(Boolean);
  const newLink = action(word('payments.newLink'), { href: href('link') });
  if (list.count === 0 && isFiltered)
    parts.push(empty({ title: word('orders.empty'), text: word('orders.emptyText') }));
  else if (list.count === 0)
    parts.push(empty({ title: word('orders.none'), text: word('orders.noneText'), actions: [newLink] }));
  else {
    const caption = word('orders.list', { page: list.page });
    parts.push(table({ caption, columns: columns(tools), rows: list.items, href: detailHref }), pager(list));
  }
  main.replaceChildren(...parts);
  announce(counted('orders.found', list.count));
}

const columns = ({ word, money, time, state, soft, code }) => [
  {
    name: word('concept'),
    kind: 'main',
    cell: ({ description }) => description || word('conceptMissing'),
    below: ({ onHold }) => onHold && soft(need({ kind: 'order', reason: onHold }).what),
  },
  { name: word('amount'), kind: 'money', cell: ({ amount, currency }) => money(amount, currency) },
  { name: word('status'), cell: ({ status, paidAt }) => [state(status), paidAt && soft(time(paidAt))] },
  { name: word('reference'), cell: ({ reference }) => code(reference) },
  { name: word('externalId'), kind: 'wide', cell: (order) => folioOf(order) && code(folioOf(order)) },
  { name: word('createdAt'), cell: ({ createdAt }) => time(createdAt) },
];
