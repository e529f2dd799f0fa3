// Webhooks as a table: all, or those of one detail view.

/** How long a requested delivery may take before the list is read again. */
const SETTLES_MS = 3000;

/** How long an attempt can be pending: 20 seconds for the endpoint, the rest for clocks that differ. */
const SENDING_MS = 60_000;

/** `linked`: each row leads to its subject. */
export function deliveries(rows, { caption, linked = false }, tools) {
  const { element, word, wordOr, table, state, soft, code, time, moment, number, hrefOf } = tools;
  const named = ({ type }) => wordOr(`event.${type}`, type);
  const when = (row) => {
    if (row.at) return time(row.at);
    if (isSending(row)) return word('webhooks.tryingSince', { time: moment(row.tryingSince) });
    return row.nextAt && word('webhooks.nextAt', { time: moment(row.nextAt) });
  };
  const reason = (row) => row.reason && soft(wordOr(`webhooks.${row.reason}`, row.reason));
  /** Returns why the last attempt failed, of one that is not delivered; a 410 is the reason itself. */
  const failure = ({ state: now, reason: given, lastFailure }) => {
    if (!lastFailure || now === 'delivered' || given === 'gone') return undefined;
    const why = word(`webhooks.failed.${lastFailure.reason}`, { status: lastFailure.status });
    return soft(element('span', {}, why || lastFailure.reason, ' ', time(lastFailure.at)));
  };
  const columns = [
    { name: word('webhooks.event'), kind: 'main', cell: named, below: ({ id }) => soft(code(id)) },
    { name: word('status'), cell: (row) => [state(row.state), reason(row), failure(row)] },
    { name: word('webhooks.tries'), kind: 'money', cell: ({ tries }) => number(tries) },
    { name: word('webhooks.when'), cell: when },
    ...(linked ? [{ name: word('createdAt'), cell: ({ createdAt }) => time(createdAt) }] : []),
    { name: word('actions'), kind: 'act', cell: (row) => again(row, named(row), (next) => replace(row, next), tools) },
  ];
  const made = table({ caption, columns, rows, href: linked ? (row) => hrefOf('event', row) : undefined });
  return made;

  /** The answer is newer than the list. */
  function replace(row, next) {
    made.replaceWith(
      deliveries(
        rows.map((other) => (other === row ? next : other)),
        { caption, linked },
        tools,
      ),
    );
    document.getElementById(idOf(next))?.focus();
  }
}

/** The section of webhooks of a detail view. */
export function deliveriesSection(rows, tools) {
  const { element, word } = tools;
  const title = element('h2', { id: 'story-deliveries', textContent: word('story.deliveries') });
  const none = element('p', { className: 'soft', textContent: word('story.noDeliveries') });
  const list = rows.length > 0 ? deliveries(rows, { caption: word('story.deliveries') }, tools) : none;
  return element('section', { attributes: { 'aria-labelledby': title.id } }, title, list);
}

function again(row, what, replace, { action, word, api, showNotice, problem, refresh, wait }) {
  const button = action(word('webhooks.redeliver'), {
    onClick: async () => {
      try {
        replace(await api.post(`operator/webhooks/${encodeURIComponent(row.id)}/redeliver`));
        showNotice({ text: word('webhooks.redelivered'), tone: 'good' });
        // An open question is not closed.
        wait(SETTLES_MS).then(() => document.querySelector('dialog[open]') || refresh());
      } catch (error) {
        showNotice({ text: problem(error), tone: 'warn' });
      }
    },
  });
  button.id = idOf(row);
  button.setAttribute('aria-label', word('webhooks.redeliverNamed', { what }));
  return button;
}

/** After a crash an attempt is recorded as pending until the next one. */
const isSending = ({ tryingSince }) => tryingSince && Date.now() - Date.parse(tryingSince) < SENDING_MS;

const idOf = ({ id }) => `redeliver-${id}`;
