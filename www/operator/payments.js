// Compago's list of payments, page by page, and its export.
import { folioOf } from '/staff/references.js';
import { exportPayments } from './export.js';
import { shown } from './story/shown.js';

const statuses = ['pending', 'confirmed', 'cancelled'];

export async function show(main, query, tools) {
  const { api, word, tabs, table, pager, empty, notice, counted, action, title, href, announce } = tools;
  const status = statuses.find((known) => known === query.get('status'));
  const list = await api.get('operator/one-time-payments', { status, page: query.get('page'), pageSize: 50 });
  const { page } = list;
  shown.keep(list.items);
  const filter = {
    name: 'status',
    label: word('payments.status'),
    options: [['', word('payments.all')], ...statuses.map((one) => [one, word(`payments.${one}`)])],
  };
  const download = action(word('export.open'), { onClick: () => exportPayments(main, status, tools) });
  const newLink = action(word('payments.newLink'), { href: href('link') });
  title(word('payments.title'), ...(list.count > 0 ? [download] : []));
  const parts = [tabs(filter)];
  if (list.unreadable > 0) parts.push(notice({ text: counted('payments.unreadable', list.unreadable), tone: 'warn' }));
  if (list.count === 0 && !status)
    parts.push(empty({ title: word('payments.none'), text: word('payments.noneText'), actions: [newLink] }));
  else if (list.count === 0) parts.push(empty({ title: word('payments.empty'), text: word('payments.emptyText') }));
  else {
    const caption = word('payments.list', { page: list.page });
    const rows = table({
      caption,
      columns: columns(tools),
      rows: list.items,
      href: ({ id }) => href('story', { payment: id, status, page }),
    });
    parts.push(rows, pager(list));
  }
  main.replaceChildren(...parts);
  announce(counted('payments.found', list.count));
}

const columns = ({ word, money, time, state, soft, code, element, hrefOf }) => [
  {
    name: word('concept'),
    kind: 'main',
    cell: ({ description }) => description || word('conceptMissing'),
    below: ({ payer }) => payer && soft(nameOf(payer)),
  },
  { name: word('amount'), kind: 'money', cell: ({ amount, currency }) => money(amount, currency) },
  { name: word('status'), cell: (payment) => state(stateOf(payment)) },
  { name: word('reference'), cell: ({ reference }) => reference && element('a', { href: hrefOf('order', { reference }) }, code(reference)) },
  { name: word('externalId'), kind: 'wide', cell: (payment) => folioOf(payment) && code(folioOf(payment)) },
  { name: word('createdAt'), cell: ({ createdAt }) => time(createdAt) },
];

/** Returns whether a payment has expired, which Compago still lists as pending. */
export const stateOf = ({ status, expired }) => (status === 'pending' && expired ? 'expired' : status);

export const nameOf = ({ firstName, lastName }) => [firstName, lastName].filter(Boolean).join(' ');
