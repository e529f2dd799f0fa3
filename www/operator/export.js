// The dialog that exports payments or orders: format, days, progress.
import { action, closeDialog, element, openDialog } from '/lib/dom.js';
import { word } from '/lib/words.js';
import { place } from '/staff/times.js';
import { withQuery } from './api.js';
import { download, save } from './download.js';

const formats = ['es-MX', 'plain'];

/** Opens the dialog in `main`, for the payments of `status`, or for all. */
export function exportPayments(main, status, tools) {
  const about = status ? word('export.filtered', { status: word(`payments.${status}`) }) : word('export.all');
  openExport(main, { kind: 'export', path: 'operator/reports/one-time-payments.csv', params: { status }, about, hasDays: true }, tools);
}

/** Opens the dialog in `main`, for the orders that the list shows with the filters `params`. */
export function exportOrders(main, params, tools) {
  openExport(main, { kind: 'exportOrders', path: 'operator/orders.csv', params, about: word('exportOrders.about'), hasDays: false }, tools);
}

function openExport(main, { kind, path, params, about, hasDays }, { signal, startOfDay, number, counted, problem }) {
  const work = new AbortController();
  const title = element('h2', { id: 'export-title', textContent: word(`${kind}.title`) });
  const start = element('button', { className: 'button primary', type: 'submit', textContent: word('export.start') });
  const close = action(word('export.cancel'), { onClick: () => closeDialog(dialog) });
  const bar = element('progress', { id: 'export-bar', ariaLabel: word(`${kind}.title`), hidden: true });
  // A modal dialog hides the page's status region. The count changes too often to be announced.
  const progress = element('p', { className: 'export-status', ariaLive: 'polite' });
  const count = element('p', { className: 'export-status' });
  const choices = element('div', { className: 'export-choices' }, formatChoice(), ...(hasDays ? [days()] : []));
  const buttons = element('div', { className: 'doing' }, start, close);
  const form = element(
    'form',
    { noValidate: true },
    element('p', { className: 'soft', textContent: about }),
    choices,
    bar,
    count,
    progress,
    buttons,
  );
  const dialog = element('dialog', { className: 'sheet', attributes: { 'aria-labelledby': title.id } }, title, form);
  const stop = () => closeDialog(dialog);

  dialog.addEventListener('close', () => {
    work.abort();
    signal.removeEventListener('abort', stop);
    dialog.remove();
  });
  signal.addEventListener('abort', stop);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const { format, from, to } = Object.fromEntries(new FormData(form));
    if (from && to && to < from) return report(word('export.order'), 'error');
    if (!hasDays) return run({ ...params, format });
    return run({ ...params, format, from: from && startOfDay(from), to: to && startOfDay(to, 1) });
  });
  main.append(dialog);
  openDialog(dialog);

  async function run(wanted) {
    show(true);
    report(word('export.starting'));
    count.textContent = '';
    // The number of payments of some days is not known in advance; that of orders is.
    const isWhole = !hasDays || (!wanted.from && !wanted.to);
    const onProgress = (done, total) => {
      const hasTotal = isWhole && total > 0;
      if (hasTotal) Object.assign(bar, { max: total, value: Math.min(done, total) });
      count.textContent = word(hasTotal ? `${kind}.progressOf` : `${kind}.progress`, {
        done: number(done),
        total: number(total),
      });
      progress.textContent = '';
    };
    try {
      const file = await download(withQuery(path, wanted), {
        signal: work.signal,
        onProgress,
      });
      save(file);
      report(counted(`${kind}.done`, file.records, { name: file.name }));
      close.textContent = word('export.close');
    } catch (error) {
      if (work.signal.aborted) return;
      report(error.broken === undefined ? problem(error) : counted(`${kind}.broken`, error.broken), 'error');
      start.textContent = word('export.again');
      show(false);
    }
    bar.hidden = true;
    count.textContent = '';
    close.focus();
  }

  function show(isRunning) {
    choices.hidden = isRunning;
    start.hidden = isRunning;
    bar.hidden = !isRunning;
    bar.removeAttribute('value');
    if (isRunning) close.focus();
  }

  function report(text, kind = '') {
    progress.className = `export-status ${kind}`.trim();
    progress.textContent = text;
  }
}

function formatChoice() {
  const choice = (format, at) => {
    const hint = element('span', { className: 'hint', textContent: word(`export.${format}Hint`, { place: place() }) });
    const radio = element('input', { type: 'radio', name: 'format', value: format, checked: at === 0 });
    return element('label', {}, radio, element('span', {}, word(`export.${format}`), hint));
  };
  return element(
    'fieldset',
    { className: 'formats' },
    element('legend', { textContent: word('export.format') }),
    ...formats.map(choice),
  );
}

function days() {
  const day = (name) => {
    const id = `export-${name}`;
    const input = element('input', { id, name, type: 'date' });
    return element('div', { className: 'field' }, element('label', { htmlFor: id, textContent: word(name) }), input);
  };
  return element(
    'fieldset',
    { className: 'days' },
    element('legend', { textContent: word('export.days') }),
    day('from'),
    day('to'),
    element('p', { className: 'hint', textContent: word('export.daysHint', { place: place() }) }),
  );
}
