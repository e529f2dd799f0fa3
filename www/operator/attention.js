// What needs a person: the first thing an operator sees. Each item leads to its story. Below it, today in figures.
import { sums } from './day/sums.js';
import { addressAt } from './address.js';
import { need } from './needs.js';
import { placeOfNeed } from './places.js';
import { replaceQuietly } from './quietly.js';

/** How often the list is read again while somebody looks at it. */
const EVERY_MS = 60_000;

export async function show(main, query, tools) {
  const wanted = ['operator/attention', { page: query.get('page'), pageSize: 50 }];
  let [list, figures] = await Promise.all([tools.api.get(...wanted), today(tools)]);
  let readAt = Date.now();
  /** The notice that what is shown may not be all any more. */
  let old;
  draw(main, list, figures, tools);
  keepUp().catch(() => {});

  async function keepUp() {
    for (;;) {
      await tools.wait(EVERY_MS);
      if (tools.signal.aborted) return;
      const [next, sum] = await Promise.all([tools.api.tryGet(...wanted), today(tools)]);
      if (document.querySelector('dialog[open]')) continue;
      if (!next) {
        tellOld();
        continue;
      }
      readAt = Date.now();
      const isSame = JSON.stringify(next) === JSON.stringify(list);
      if (isSame && !old && JSON.stringify(sum) === JSON.stringify(figures)) continue;
      [list, figures, old] = [next, sum];
      draw(main, list, figures, tools);
      if (!isSame) tools.say(tools.word('attention.changed', { count: tools.number(list.count) }));
    }
  }

  function tellOld() {
    if (old) return;
    old = tools.notice({ text: tools.word('attention.old', { time: tools.moment(readAt) }), tone: 'warn' });
    main.prepend(old);
    tools.say(old.textContent);
  }
}

function draw(main, list, figures, tools) {
  const { word, table, pager, empty, tellAttention } = tools;
  tellAttention(list.count);
  const parts =
    list.count === 0
      ? [empty({ title: word('attention.empty'), text: word('attention.emptyText') })]
      : [
          table({ caption: word('attention.list'), columns: columns(tools), rows: list.items, href: (item) => addressAt(placeOfNeed(item)) }),
          pager(list),
        ];
  replaceQuietly(main, [...parts, ...(figures ? [todaySection(figures, tools)] : [])]);
}

/** What came in today; undefined if it cannot be had, which hides nothing of what needs a person. */
async function today({ api, dayOf, startOfDay }) {
  const day = dayOf(Date.now());
  const wanted = { from: startOfDay(day), to: startOfDay(day, 1) };
  return api.tryGet('operator/reports/figures', wanted);
}

function todaySection(figures, tools) {
  const { action, element, href, word } = tools;
  const title = element('h2', { id: 'today-title', textContent: word('day.today') });
  const more = action(word('attention.seeDay'), { href: href('day') });
  return element('section', { attributes: { 'aria-labelledby': title.id } }, title, sums(figures, tools), more);
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
  button.id = `done-${item.kind}-${item.key}`;
  button.setAttribute('aria-label', word('attention.doneNamed', { what }));
  return button;
}
