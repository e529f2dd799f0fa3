// Do Compago's books and ours agree? Runs every night, and when somebody asks for it.
import { findings } from './reconciliation/findings.js';
import { indexPart } from './reconciliation/index.js';

/** How often the progress of a run is read. */
const EVERY_MS = 2000;

export async function show(main, query, tools) {
  const { api, signal, wait, word } = tools;
  const read = () => api.get('operator/reconciliation');
  let [told, index] = await Promise.all([read(), api.get('operator/index')]);
  draw();
  follow();

  async function follow() {
    while (told.running || index.rebuilding) {
      await wait(EVERY_MS);
      if (signal.aborted) return;
      const wasRunning = told.running;
      // What cannot be read now is read the next time.
      told = await read().catch(() => told);
      if (index.rebuilding) index = await api.get('operator/index').catch(() => index);
      if (signal.aborted) return;
      draw();
      if (wasRunning && !told.running) tools.say(word('reconciliation.finished', { found: found(told.last, tools) }));
    }
  }

  function draw() {
    const start = tools.action(word('reconciliation.run'), {
      kind: 'primary',
      onClick: () => change(() => api.post('operator/reconciliation')),
    });
    tools.title(word('reconciliation.title'), ...(told.running ? [] : [start]));
    const about = tools.element('p', { className: 'soft', textContent: word('reconciliation.about') });
    const rebuild = () => change(() => api.post('operator/index'));
    const parts = [
      about,
      ...(told.running ? [progress(told.running, tools)] : []),
      ...lastOf(told, tools),
      indexPart(index, rebuild, tools),
    ];
    drawQuietly(main, parts);
  }

  /** Asks for something and follows what comes of it. */
  async function change(ask) {
    const wasQuiet = !told.running && !index.rebuilding;
    try {
      await ask();
      [told, index] = await Promise.all([read(), api.get('operator/index')]);
    } catch (error) {
      tools.tell({ text: tools.problem(error), tone: 'warn' });
    }
    if (signal.aborted) return;
    draw();
    if (told.running) tools.say(word('reconciliation.running'));
    if (wasQuiet) follow();
  }
}

/** Draws anew what may be drawn every two seconds: the focus stays where it was. */
function drawQuietly(main, parts) {
  const { id } = document.activeElement ?? {};
  const wasInside = main.contains(document.activeElement);
  main.replaceChildren(...parts);
  if (wasInside) (document.getElementById(id) ?? document.getElementById('title')).focus({ preventScroll: true });
}

function progress({ state, progress: { done, of }, startedAt }, { element, facts, number, time, word }) {
  const text =
    of === null
      ? word('reconciliation.progress', { done: number(done) })
      : word('reconciliation.progressOf', { done: number(done), of: number(of) });
  const name = word(`reconciliation.${state}`);
  const bar = element('progress', { ariaLabel: name, ...(of > 0 && { max: of, value: Math.min(done, of) }) });
  return element(
    'section',
    { className: 'run', attributes: { 'aria-labelledby': 'run-title' } },
    element('h2', { id: 'run-title', textContent: word('reconciliation.running') }),
    element('p', {}, `${name}: ${text}`),
    bar,
    facts([[word('reconciliation.startedAt'), time(startedAt)]]),
    element('p', { className: 'soft', textContent: word('reconciliation.stay') }),
  );
}

function lastOf({ last, running }, tools) {
  const { element, empty, facts, notice, number, time, word } = tools;
  if (!last)
    return running ? [] : [empty({ title: word('reconciliation.none'), text: word('reconciliation.noneText') })];
  const told = facts([
    [word('reconciliation.startedAt'), time(last.startedAt)],
    [word('reconciliation.finishedAt'), last.finishedAt && time(last.finishedAt)],
    [word('reconciliation.by'), word(`reconciliation.${last.startedBy}`)],
    [word('reconciliation.payments'), number(last.payments)],
    [word('reconciliation.orders'), number(last.orders)],
    [word('reconciliation.unreadable'), number(last.unreadable)],
  ]);
  const title = element('h2', { id: 'last-title', textContent: word('reconciliation.last') });
  const parts =
    last.state === 'failed'
      ? [notice({ title: word('reconciliation.failed'), text: word('reconciliation.failedText'), tone: 'bad' })]
      : verdict(last, tools);
  return [
    element('section', { attributes: { 'aria-labelledby': title.id } }, title, ...parts, told),
    ...findings(last.findings, tools),
  ];
}

/** What the comparison came to, and never more than was compared. */
function verdict({ whole, unreadable, findings: all }, { counted, notice, word }) {
  const isSure = whole && unreadable === 0;
  const parts = isSure
    ? []
    : [notice({ title: word('reconciliation.partial'), text: word('reconciliation.partialText'), tone: 'warn' })];
  if (all.length > 0) parts.push(notice({ title: counted('reconciliation.differ', all.length), tone: 'bad' }));
  else if (isSure)
    parts.push(notice({ title: word('reconciliation.agree'), text: word('reconciliation.agreeText'), tone: 'good' }));
  else parts.push(notice({ title: word('reconciliation.agreePartly') }));
  return parts;
}

function found(last, { counted, word }) {
  if (!last || last.state === 'failed') return word('reconciliation.failed');
  return last.findings.length > 0
    ? counted('reconciliation.differ', last.findings.length)
    : word('reconciliation.foundNone');
}
