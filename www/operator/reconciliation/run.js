// A run of the reconciliation: its progress and its result.

export function progress({ state, progress: { done, of }, startedAt }, { element, moment, number, word }) {
  const values = { done: number(done), of: of !== null && number(of) };
  const text = word(of === null ? 'reconciliation.progress' : 'reconciliation.progressOf', values);
  const name = word(`reconciliation.${state}`);
  const bar = element('progress', { ariaLabel: name, ...(of > 0 && { max: of, value: Math.min(done, of) }) });
  return element(
    'section',
    { className: 'run', attributes: { 'aria-labelledby': 'run-title' } },
    element('h2', { id: 'run-title', textContent: word('reconciliation.running') }),
    element('p', { textContent: `${name}: ${text}` }),
    bar,
    element('p', { className: 'soft', textContent: word('reconciliation.stay', { time: moment(startedAt) }) }),
  );
}

/** Returns the last finished run, or that there is none. */
export function lastRun(last, tools) {
  const { element, empty, facts, number, time, word } = tools;
  if (!last) return empty({ title: word('reconciliation.none'), text: word('reconciliation.noneText') });
  const summary = facts([
    [word('reconciliation.startedAt'), time(last.startedAt)],
    [word('reconciliation.finishedAt'), last.finishedAt && time(last.finishedAt)],
    [word('reconciliation.by'), word(`reconciliation.${last.startedBy}`)],
    [word('reconciliation.payments'), number(last.payments)],
    [word('reconciliation.orders'), number(last.orders)],
    [word('reconciliation.unreadable'), number(last.unreadable)],
  ]);
  const title = element('h2', { id: 'last-title', textContent: word('reconciliation.last') });
  return element('section', { attributes: { 'aria-labelledby': title.id } }, title, ...verdict(last, tools), summary);
}

/** Summarises a run. */
export function foundIn(last, tools) {
  const { word } = tools;
  if (!last || last.state === 'failed') return word('reconciliation.failed');
  const found = headline(last, tools);
  if (isSure(last)) return found || word('reconciliation.foundNone');
  return [word('reconciliation.foundPartly'), found].filter(Boolean).join(' · ');
}

/** Returns whether everything was compared. */
const isSure = ({ whole, unreadable }) => whole && unreadable === 0;

/** Counts the differences that need a person, and apart from them the others; empty if there are none. */
function headline(last, { counted, word }) {
  const { needsPerson, done, otherSystems, settled } = last.outcome;
  const parts = [
    needsPerson > 0 && counted('reconciliation.need', needsPerson),
    done > 0 && counted('reconciliation.done', done),
    settled > 0 && counted('reconciliation.wereSettled', settled),
    otherSystems > 0 && counted('reconciliation.others', otherSystems),
  ].filter(Boolean);
  if (parts.length > 0 && !needsPerson && isSure(last)) parts.unshift(word('reconciliation.needNone'));
  return parts.join(' · ');
}

/** Returns the verdict, which says no more than was compared. */
function verdict(last, tools) {
  const { notice, word } = tools;
  const said = (key, tone) =>
    notice({ title: word(`reconciliation.${key}`), text: word(`reconciliation.${key}Text`), tone });
  if (last.state === 'failed') return [said('failed', 'bad')];
  const parts = isSure(last) ? [] : [said('partial', 'warn')];
  const title = headline(last, tools);
  if (last.outcome.needsPerson > 0) parts.push(notice({ title, text: word('reconciliation.someNeed'), tone: 'warn' }));
  else if (title) parts.push(notice({ title, text: isSure(last) && word('reconciliation.noneNeeds') }));
  else parts.push(isSure(last) ? said('agree', 'good') : notice({ title: word('reconciliation.agreePartly') }));
  return parts;
}
