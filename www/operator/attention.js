// What needs a person: the first thing an operator sees. Each item leads to its story. Below it, today in figures.
import { sums } from './day/sums.js';
import { addressAt } from './address.js';
import { need } from './needs.js';
import { placeOfNeed } from './places.js';
import { replaceQuietly } from './quietly.js';
import { catalogMistakes } from './shop-health.js';

/** How often the list is read again while somebody looks at it. */
const EVERY_MS = 60_000;
/** How many mistakes of the catalog are named: the others are named once these are corrected. */
const MOST_MISTAKES = 10;
/** How many the Worker tells of at most. */
const MOST_REPORTED = 100;

export async function show(main, query, tools) {
  const wanted = ['operator/attention', { page: query.get('page'), pageSize: 50 }];
  let [list, figures, mistakes] = await Promise.all([tools.api.get(...wanted), today(tools), catalogMistakes()]);
  let readAt = Date.now();
  /** The notice that what is shown may not be all any more. */
  let old;
  draw(main, { list, figures, mistakes }, tools);
  keepUp().catch(() => {});

  async function keepUp() {
    for (;;) {
      await tools.wait(EVERY_MS);
      if (tools.signal.aborted) return;
      const [next, sum, answer] = await Promise.all([tools.api.tryGet(...wanted), today(tools), catalogMistakes()]);
      // Without an answer, what was known stands.
      const wrong = answer ?? mistakes;
      if (document.querySelector('dialog[open]')) continue;
      if (!next) {
        tellOld();
        continue;
      }
      readAt = Date.now();
      const isSame = JSON.stringify([next, wrong]) === JSON.stringify([list, mistakes]);
      if (isSame && !old && JSON.stringify(sum) === JSON.stringify(figures)) continue;
      [list, figures, mistakes, old] = [next, sum, wrong];
      draw(main, { list, figures, mistakes }, tools);
      if (!isSame) tools.say(tools.word('attention.changed', { count: tools.number(countOf(list, mistakes)) }));
    }
  }

  function tellOld() {
    if (old) return;
    old = tools.notice({ text: tools.word('attention.old', { time: tools.moment(readAt) }), tone: 'warn' });
    main.prepend(old);
    tools.say(old.textContent);
  }
}

/** How much needs a person: a catalog that nobody can buy from is one thing. */
const countOf = (list, mistakes) => list.count + Number(mistakes?.length > 0);

function draw(main, { list, figures, mistakes }, tools) {
  const { word, table, pager, empty, tellAttention } = tools;
  tellAttention(countOf(list, mistakes));
  const parts = catalogNotices(mistakes, tools);
  if (list.count > 0) {
    parts.push(
      table({ caption: word('attention.list'), columns: columns(tools), rows: list.items, href: (item) => addressAt(placeOfNeed(item)) }),
      pager(list),
    );
  } else if (parts.length === 0) {
    parts.push(empty({ title: word('attention.empty'), text: word('attention.emptyText') }));
  }
  replaceQuietly(main, [...parts, ...(figures ? [todaySection(figures, tools)] : [])]);
}

/** What is to be said of the shop's catalog: nothing if it can be read. That it is not known is no all-clear. */
function catalogNotices(mistakes, tools) {
  if (!mistakes) return [tools.notice({ text: tools.word('attention.catalogUnknown'), tone: 'warn' })];
  return mistakes.length > 0 ? [catalogNotice(mistakes, tools)] : [];
}

/** The shop shows and sells nothing: where the mistakes are, so that whoever keeps its files can correct them. */
function catalogNotice(mistakes, { element, notice, number, word }) {
  const made = notice({ title: word('attention.catalog'), text: word('attention.catalogText'), tone: 'bad' });
  const named = mistakes.slice(0, MOST_MISTAKES).map((text) => element('li', { textContent: text }));
  const others = mistakes.length - named.length;
  made.append(element('ul', { className: 'mistakes' }, ...named));
  const more = mistakes.length < MOST_REPORTED ? 'attention.catalogMore' : 'attention.catalogMoreAtLeast';
  if (others > 0) made.append(element('p', { textContent: word(more, { count: number(others) }) }));
  return made;
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
