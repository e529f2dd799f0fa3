// Webhooks: what was delivered to the merchant's system, and what was not.
import { deliveries } from './deliveries.js';

const states = ['pending', 'delivered', 'parked'];

export async function show(main, query, tools) {
  const { api, word, tabs, pager, empty, counted, announce } = tools;
  const state = states.find((known) => known === query.get('state'));
  const list = await api.get('operator/webhooks', { state, page: query.get('page'), pageSize: 50 });
  const filter = {
    name: 'state',
    label: word('webhooks.state'),
    options: [['', word('webhooks.all')], ...states.map((one) => [one, word(`webhooks.${one}`)])],
  };
  const parts = [tabs(filter)];
  if (list.count > 0)
    parts.push(
      deliveries(list.items, { caption: word('webhooks.list', { page: list.page }), linked: true }, tools),
      pager(list),
    );
  else if (state) parts.push(empty({ title: word('webhooks.empty'), text: word('webhooks.emptyText') }));
  else parts.push(empty({ title: word('webhooks.none'), text: word('webhooks.noneText') }));
  main.replaceChildren(...parts);
  announce(counted('webhooks.found', list.count));
}
