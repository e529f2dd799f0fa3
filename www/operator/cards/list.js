// The saved cards, as Compago lists them.
import { nameOf } from './name.js';

const statuses = ['active', 'pending', 'expired', 'revoked'];

export async function showList(main, query, tools) {
  const { api, word, action, table, tabs, pager, state, time, empty, href, soft, code } = tools;
  const status = query.get('status');
  const list = await api.get('operator/payment-methods', { status, page: query.get('page'), pageSize: 50 });
  const save = action(word('cards.save'), { kind: 'primary', href: href('cards', { new: 'card' }) });
  tools.title(word('cards.title'), save);
  const options = [['', word('cards.all')], ...statuses.map((name) => [name, word(`cards.only.${name}`)])];
  const filter = tabs({ name: 'status', label: word('cards.filter'), options });
  // The payer is not stored: cards without a customer have Compago's id.
  const idOf = ({ id, externalId }) => (externalId ? undefined : soft(code(id)));
  const columns = [
    { name: word('cards.card'), kind: 'main', cell: (card) => nameOf(card) ?? word('cards.unsaved'), below: idOf },
    { name: word('cards.externalIdShort'), kind: 'wide', cell: ({ externalId }) => externalId ?? '—' },
    { name: word('cards.state'), cell: (card) => state(card.status) },
    { name: word('cards.createdAt'), cell: ({ createdAt }) => time(createdAt) },
  ];
  const none = empty({ title: word(status ? 'cards.noneSuch' : 'cards.none'), text: word('cards.noneText') });
  const rows = { caption: word('cards.title'), columns, rows: list.items, href: ({ id }) => href('cards', { id }) };
  main.replaceChildren(filter, ...(list.count === 0 ? [none] : [table(rows), pager(list)]));
}
