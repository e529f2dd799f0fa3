// What needs a person: the first view. Each item leads to its detail. Below it, the first steps of a shop that has not sold, and today in
// figures.
import { sums } from './day/sums.js';
import { addressAt } from './address.js';
import { need } from './needs.js';
import { placeOfNeed } from './places.js';
import { replacePreservingFocus } from './replace-preserving-focus.js';
import { settingsOfNewShop } from './settings/new-shop.js';
import { hasFailed, stepsSection } from './settings/steps.js';
import { isUnsure, shopMistakes, wrongFiles } from './shop-health.js';

/** How often the list is refreshed. */
const EVERY_MS = 60_000;
/** How many mistakes of a file are listed. */
const MOST_MISTAKES = 10;
/** The Worker reports at most this many: `FileError::MAX_PROBLEMS` in src/edge/merchant_file/error.rs. */
const MOST_REPORTED = 100;

export async function show(main, query, tools) {
  const wanted = ['operator/attention', { page: query.get('page'), pageSize: 50 }];
  let [list, figures, mistakes, settings] = await Promise.all([
    tools.api.get(...wanted),
    today(tools),
    shopMistakes(),
    settingsOfNewShop(tools),
  ]);
  let readAt = Date.now();
  /** The notice that the list may be outdated. */
  let old;
  redraw();
  keepCurrent().catch(() => {});

  async function keepCurrent() {
    for (;;) {
      await tools.wait(EVERY_MS);
      if (tools.signal.aborted) return;
      const [next, sum, answer, now] = await Promise.all([
        tools.api.tryGet(...wanted),
        today(tools),
        shopMistakes(),
        settingsOfNewShop(tools, settings),
      ]);
      // What is not known this time stays as it was.
      const wrong = { ...mistakes, ...answer };
      if (document.querySelector('dialog[open]')) continue;
      if (!next) {
        showOutdated();
        continue;
      }
      readAt = Date.now();
      const isSame = JSON.stringify([next, wrong]) === JSON.stringify([list, mistakes]);
      if (isSame && !old && JSON.stringify([sum, now]) === JSON.stringify([figures, settings])) continue;
      [list, figures, mistakes, settings, old] = [next, sum, wrong, now];
      redraw();
      if (!isSame) tools.announce(tools.word('attention.changed', { count: tools.number(countOf(list, mistakes)) }));
    }
  }

  function redraw() {
    const onChecked = (answer) => {
      settings = answer;
      redraw();
    };
    draw(main, { list, figures, mistakes, settings, onChecked }, tools);
  }

  function showOutdated() {
    if (old) return;
    old = tools.notice({ text: tools.word('attention.old', { time: tools.moment(readAt) }), tone: 'warn' });
    main.prepend(old);
    tools.announce(old.textContent);
  }
}

/** Returns how many things need a person; an unusable file counts as one. */
const countOf = (list, mistakes) => list.count + wrongFiles(mistakes).length;

function draw(main, { list, figures, mistakes, settings, onChecked }, tools) {
  const { word, table, pager, empty, showAttentionCount } = tools;
  showAttentionCount(countOf(list, mistakes));
  const parts = fileNotices(mistakes, tools);
  if (list.count > 0) {
    parts.push(
      table({ caption: word('attention.list'), columns: columns(tools), rows: list.items, href: (item) => addressAt(placeOfNeed(item)) }),
      pager(list),
    );
  }
  const isEmpty = parts.length === 0 && !(settings && hasFailed(settings));
  if (settings) parts.push(firstSteps(settings, onChecked, tools));
  if (isEmpty) parts.push(empty({ title: word('attention.empty'), text: word('attention.emptyText') }));
  replacePreservingFocus(main, [...parts, ...(figures ? [todaySection(figures, tools)] : [])]);
}

function firstSteps(settings, onChecked, tools) {
  const more = tools.action(tools.word('steps.seeSettings'), { href: tools.href('settings') });
  return stepsSection(settings, { onChecked, more: [more] }, tools);
}

/** Returns the notices about the shop's files: each that is unusable, or a warning if that is unknown. */
function fileNotices(mistakes, tools) {
  if (isUnsure(mistakes)) return [tools.notice({ text: tools.word('attention.filesUnknown'), tone: 'warn' })];
  return wrongFiles(mistakes).map((file) => fileNotice(file, mistakes[file], tools));
}

/** Lists the mistakes of a file that keep the shop closed, so that they can be corrected. */
function fileNotice(file, mistakes, { element, notice, number, word }) {
  const made = notice({ title: word(`attention.${file}`), text: word(`attention.${file}Text`), tone: 'bad' });
  const named = mistakes.slice(0, MOST_MISTAKES).map((text) => element('li', { textContent: text }));
  const others = mistakes.length - named.length;
  made.append(element('ul', { className: 'mistakes' }, ...named));
  const more = mistakes.length < MOST_REPORTED ? 'attention.mistakesMore' : 'attention.mistakesMoreAtLeast';
  if (others > 0) made.append(element('p', { textContent: word(more, { count: number(others) }) }));
  return made;
}

/** Returns today's figures, or undefined if they cannot be read. */
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

function doneButton(item, { action, word, money, confirm, api, showNotice, problem, refresh }) {
  const { what } = need(item);
  const button = action(word('attention.done'), {
    onClick: async () => {
      const amount = item.amount && money(item.amount, item.currency);
      const text = word(amount ? 'attention.doneTextAmount' : 'attention.doneText', { what, amount });
      if (!(await confirm({ title: word('attention.doneAsk'), text, yes: word('attention.doneYes'), kind: 'primary' })))
        return;
      try {
        await api.post(`operator/attention/${encodeURIComponent(item.kind)}/${encodeURIComponent(item.key)}/done`);
        showNotice({ text: word('attention.doneSaid'), tone: 'good' });
      } catch (error) {
        showNotice({ text: problem(error), tone: 'warn' });
      }
      refresh();
    },
  });
  button.id = `done-${item.kind}-${item.key}`;
  button.setAttribute('aria-label', word('attention.doneNamed', { what }));
  return button;
}
