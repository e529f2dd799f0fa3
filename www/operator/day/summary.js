// All payments at Compago by status. To sum them, each one is read: that is done on request, with a progress count.
import { figuresTable } from './figures-table.js';

const timeoutMs = 300_000;

export function summarySection(tools) {
  const { word, element, action } = tools;
  const rows = element('div', { className: 'rows', tabIndex: -1 });
  const ask = action(word('day.sumUp'), { onClick: () => sum(place, rows, tools) });
  const text = element('p', { className: 'soft', textContent: word('day.summaryText') });
  // Before that there is nothing to print.
  const place = element(
    'section',
    { className: 'unprinted', attributes: { 'aria-labelledby': 'summary-title' } },
    element('h3', { id: 'summary-title', textContent: word('day.summary') }),
    text,
    element('div', { className: 'summary-ask' }, ask),
    rows,
  );
  return place;
}

async function sum(place, rows, tools) {
  const { api, word, number, notice, problem, signal, element } = tools;
  const report = (text) => {
    rows.replaceChildren(element('p', { className: 'reading', textContent: text }));
    tools.announce(text);
  };
  report(word('day.reading'));
  try {
    const answer = api.get('operator/reports/summary', {}, { timeoutMs });
    let isThere = false;
    answer.finally(() => (isThere = true)).catch(() => {});
    const list = await api.get('operator/one-time-payments', { pageSize: 1 }).catch(() => undefined);
    if (list?.count && !isThere) report(word('day.readingCount', { count: number(list.count) }));
    draw(rows, await answer, tools);
    place.classList.remove('unprinted');
    tools.announce(word('day.summed'));
  } catch (error) {
    if (signal.aborted) return;
    const text = error.status >= 500 ? word('day.notSummedText') : problem(error);
    rows.replaceChildren(notice({ title: word('day.notSummed'), text, tone: 'warn' }));
    tools.announce(word('day.notSummed'));
  }
}

function draw(rows, { at, statuses, unreadable, whole, source }, { word, state, number, moment, notice, element, counted }) {
  const lines = statuses.map((sum) => ({ ...sum, name: state(sum.status) }));
  const parts = [figuresTable({ caption: word('day.summary'), first: word('cards.state'), rows: lines })];
  const read = number(statuses.reduce((sum, status) => sum + status.read, 0));
  const isKept = source === 'reconciliation';
  if (!whole) parts.push(notice({ text: word(isKept ? 'day.notReconciled' : 'day.notWhole', { read }), tone: 'warn' }));
  if (unreadable > 0) parts.push(notice({ text: counted('day.unreadable', unreadable), tone: 'warn' }));
  const textContent = word(isKept ? 'day.summedByReconciliation' : 'day.summedAt', { time: moment(at), read });
  parts.push(element('p', { className: 'hint', textContent }));
  rows.replaceChildren(...parts);
}
