// Keys and secrets: where each comes from, never its value; and the change of the one that signs webhooks.
import { copyField } from '../fields/copy.js';

/**
 * Returns the section of keys and secrets. `rotated` is the answer of a change, whose secret is shown until `onRotated()`;
 * `onRotated(answer)` shows another.
 */
export function secretsSection({ secrets, webhookUrl, checks }, rotated, onRotated, tools) {
  const { element, table, word } = tools;
  const title = element('h2', { id: 'secrets-title', textContent: word('secrets.title') });
  const ofWebhooks = secrets.find(({ name }) => name === 'WEBHOOK_SECRET');
  const isGenerated = webhookUrl && ofWebhooks && ofWebhooks.source !== 'configured';
  return element(
    'section',
    { attributes: { 'aria-labelledby': title.id } },
    title,
    element('p', { className: 'soft', textContent: word('secrets.text') }),
    table({ caption: word('secrets.title'), columns: columns(secrets, tools), rows: secrets }),
    ...(rotated ? [madeBlock(rotated, () => onRotated(), tools)] : isGenerated ? rotation(checks.webhook.code === 'secret-not-shown' ? 'show' : 'rotate', onRotated, tools) : []),
  );
}

const columns = (secrets, { code, moment, soft, time, word, wordOr }) => [
  {
    name: word('secrets.name'),
    kind: 'main',
    cell: ({ name }) => wordOr(`secrets.${name}`, name),
    below: ({ name }) => soft(code(name)),
  },
  {
    name: word('secrets.source'),
    kind: 'wide',
    cell: ({ source, values, previousEndsAt }) => {
      const former = previousEndsAt ? word('secrets.formerUntil', { time: moment(previousEndsAt) }) : values > 1 && word('secrets.former');
      return [wordOr(`secrets.is.${source}`, source), former ? soft(former) : undefined];
    },
  },
  ...(secrets.some(({ generatedAt }) => generatedAt)
    ? [{ name: word('secrets.since'), cell: ({ generatedAt }) => generatedAt && time(generatedAt) }]
    : []),
];

/** The secret cannot be read again: to have it is to change it, but for the first time. `words` is the part of the keys that says which. */
function rotation(words, onRotated, { action, announce, api, confirm, element, moment, problem, showNotice, word }) {
  const button = action(word(`${words}.open`), {
    onClick: async () => {
      const question = { title: word(`${words}.ask`), text: word(`${words}.askText`), yes: word(`${words}.yes`), kind: 'primary' };
      if (!(await confirm(question))) return;
      try {
        onRotated(await api.post('operator/settings/webhook-secret/rotate'));
        announce(word(`${words}.announced`));
      } catch (error) {
        const isRecent = error.code === 'rotated-recently' && error.retryAfterMs;
        const text = isRecent ? word('rotate.recently', { time: moment(minuteAfter(error.retryAfterMs)) }) : problem(error);
        showNotice({ text, tone: 'warn' });
      }
    },
  });
  button.id = 'rotate';
  return [element('p', { textContent: word(`${words}.text`) }), button];
}

/** Returns the first whole minute after a wait. */
const minuteAfter = (ms) => Math.ceil((Date.now() + ms) / 60_000) * 60_000;

/** The new secret, which is in no other place: neither in the URL nor in storage. */
function madeBlock({ secret, previousEndsAt }, onDone, { action, element, moment, word }) {
  const done = action(word('rotate.done'), { onClick: onDone });
  done.id = 'rotate-done';
  return element(
    'div',
    { className: 'notice warn unprinted new-secret' },
    element('p', { textContent: word('rotate.madeText') }),
    copyField({ id: 'rotate-secret', label: word('rotate.made'), value: secret, byHand: 'rotate.copiedByHand' }),
    ...(previousEndsAt ? [element('p', { className: 'hint', textContent: word('rotate.until', { time: moment(previousEndsAt) }) })] : []),
    element('div', { className: 'actions' }, done),
  );
}
