// The reconciliation with Compago's list, which runs every night and on request.
import { allOfClass, findings } from './reconciliation/findings.js';
import { replacePreservingFocus } from './replace-preserving-focus.js';
import { indexPart } from './reconciliation/index.js';
import { foundIn, lastRun, progress } from './reconciliation/run.js';

/** How often the progress of a run is read. */
const EVERY_MS = 2000;

export async function show(main, query, tools) {
  if (query.get('class')) return allOfClass(main, query, tools);
  const { api, signal, wait, word } = tools;
  const readBooks = () => api.get('operator/reconciliation');
  const readIndex = () => api.get('operator/index');
  let [books, index] = await Promise.all([readBooks(), readIndex()]);
  let isFollowed = false;
  draw();
  follow();

  async function follow() {
    if (isFollowed) return;
    isFollowed = true;
    while (books.running || index.rebuilding) {
      await wait(EVERY_MS);
      if (signal.aborted) return;
      const before = books;
      // A failed read is repeated the next time.
      books = await readBooks().catch(() => books);
      if (index.rebuilding) index = await readIndex().catch(() => index);
      if (signal.aborted) return;
      draw();
      announceEnd(before);
    }
    isFollowed = false;
  }

  /** Announces a run that ended since `before` was read; a short one was never seen running. */
  function announceEnd(before) {
    if (books.running || !books.last) return;
    if (!before.running && before.last?.startedAt === books.last.startedAt) return;
    tools.announce(word('reconciliation.finished', { found: foundIn(books.last, tools) }));
  }

  function draw() {
    const { running, last } = books;
    const run = () => change(() => api.post('operator/reconciliation'));
    const start = tools.action(word('reconciliation.run'), { kind: 'primary', onClick: run });
    tools.title(word('reconciliation.title'), ...(running ? [] : [start]));
    replacePreservingFocus(main, [
      tools.element('p', { className: 'soft', textContent: word('reconciliation.about') }),
      ...(running ? [progress(running, tools)] : []),
      ...(last || !running ? [lastRun(last, tools)] : []),
      ...(last ? findings(last, tools) : []),
      indexPart(index, () => change(() => api.post('operator/index')), tools),
    ]);
  }

  /** Starts something and follows it. */
  async function change(ask) {
    const before = books;
    try {
      await ask();
      [books, index] = await Promise.all([readBooks(), readIndex()]);
    } catch (error) {
      tools.showNotice({ text: tools.problem(error), tone: 'warn' });
    }
    if (signal.aborted) return;
    draw();
    if (books.running) tools.announce(word('reconciliation.running'));
    announceEnd(before);
    follow();
  }
}
