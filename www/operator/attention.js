// What needs a person: the first thing an operator sees. Each item leads to its story.
import { need, whereOf } from './needs.js';

/** How often the list is read again while somebody looks at it. */
const EVERY_MS = 60_000;

export async function show(main, query, tools) {
  const read = () => tools.api.get('operator/attention', { page: query.get('page'), pageSize: 50 });
  let list = await read();
  draw(main, list, tools);
  keepUp();

  async function keepUp() {
    for (;;) {
      await tools.wait(EVERY_MS);
      if (tools.signal.aborted) return;
      const next = await read().catch(() => list);
      if (tools.signal.aborted || document.querySelector('dialog[open]')) continue;
      if (JSON.stringify(next) === JSON.stringify(list)) continue;
      list = next;
      draw(main, list, tools);
      tools.say(tools.word('attention.changed', { count: tools.number(list.count) }));
    }
  }
}

function draw(main, list, tools) {
  const { word, table, pager, empty, tellAttention } = tools;
  tellAttention(list.count);
  if (list.count === 0) {
    main.replaceChildren(empty({ title: word('attention.empty'), text: word('attention.emptyText') }));
    return;
  }
  const rows = table({ caption: word('attention.list'), columns: columns(tools), rows: list.items, href: whereOf });
  main.replaceChildren(rows, pager(list));
}

const columns = ({ word, money, time, soft, code, ...tools }) => [
  {
    name: word('attention.what'),
    kind: 'main',
    cell: (item) => need(item).what,
    below: (item) => [soft(need(item).advice), item.terminalCode && soft(`${word('terminal')} ${item.terminalCode}`)],
  },
  { name: word('amount'), kind: 'money', cell: ({ amount, currency }) => amount && money(amount, currency) },
  { name: word('reference'), cell: ({ reference }) => reference && code(reference) },
  { name: word('attention.since'), cell: ({ since }) => time(since) },
  { name: word('actions'), kind: 'act', cell: (item) => doneButton(item, { word, money, ...tools }) },
];

function doneButton(item, { action, word, money, confirm, api, tell, problem, refresh }) {
  const { what } = need(item);
  const button = action(word('attention.done'), {
    onClick: async () => {
      const amount = item.amount && money(item.amount, item.currency);
      const text = word(amount ? 'attention.doneTextAmount' : 'attention.doneText', { what, amount });
      if (!(await confirm({ title: word('attention.doneAsk'), text, yes: word('attention.doneYes'), kind: 'primary' })))
        return;
      try {
        await api.post(`operator/attention/${encodeURIComponent(item.kind)}/${encodeURIComponent(item.key)}/done`);
        tell({ text: word('attention.doneSaid'), tone: 'good' });
      } catch (error) {
        tell({ text: problem(error), tone: 'warn' });
      }
      refresh();
    },
  });
  button.ariaLabel = word('attention.doneNamed', { what });
  return button;
}
