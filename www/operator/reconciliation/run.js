// A run of the reconciliation: how far it is, and what it came to.

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

/** The last run that ended, or that there is none. */
export function lastRun(last, tools) {
  const { element, empty, facts, number, time, word } = tools;
  if (!last) return empty({ title: word('reconciliation.none'), text: word('reconciliation.noneText') });
  const told = facts([
    [word('reconciliation.startedAt'), time(last.startedAt)],
    [word('reconciliation.finishedAt'), last.finishedAt && time(last.finishedAt)],
    [word('reconciliation.by'), word(`reconciliation.${last.startedBy}`)],
    [word('reconciliation.payments'), number(last.payments)],
    [word('reconciliation.orders'), number(last.orders)],
    [word('reconciliation.unreadable'), number(last.unreadable)],
  ]);
  const title = element('h2', { id: 'last-title', textContent: word('reconciliation.last') });
  return element('section', { attributes: { 'aria-labelledby': title.id } }, title, ...verdict(last, tools), told);
}

/** What a run came to, in few words. */
export function foundIn(last, tools) {
  if (!last || last.state === 'failed') return tools.word('reconciliation.failed');
  return headline(last, tools) || tools.word('reconciliation.foundNone');
}

/** How many differences need a person, and apart from them those that need nobody; empty if there are none. */
function headline({ outcome: { needsPerson, otherSystems, settled } }, { counted, word }) {
  const parts = [
    needsPerson > 0 && counted('reconciliation.need', needsPerson),
    settled > 0 && counted('reconciliation.wereSettled', settled),
    otherSystems > 0 && counted('reconciliation.others', otherSystems),
  ].filter(Boolean);
  if (parts.length > 0 && !needsPerson) parts.unshift(word('reconciliation.needNone'));
  return parts.join(' · ');
}

/** What the comparison came to, and never more than was compared. */
function verdict(last, tools) {
  const { notice, word } = tools;
  const said = (key, tone) =>
    notice({ title: word(`reconciliation.${key}`), text: word(`reconciliation.${key}Text`), tone });
  if (last.state === 'failed') return [said('failed', 'bad')];
  const isSure = last.whole && last.unreadable === 0;
  const parts = isSure ? [] : [said('partial', 'warn')];
  const title = headline(last, tools);
  if (last.outcome.needsPerson > 0) parts.push(notice({ title, text: word('reconciliation.someNeed'), tone: 'warn' }));
  else if (title) parts.push(notice({ title, text: word('reconciliation.noneNeeds') }));
  else parts.push(isSure ? said('agree', 'good') : notice({ title: word('reconciliation.agreePartly') }));
  return parts;
}
