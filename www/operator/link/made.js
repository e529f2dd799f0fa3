// A link that was made: what it is for, how it stands, and all that is needed to hand it on. Its address shows it again.
import { versions } from '/pkg/status.js';
import { throwIfAborted } from '../api.js';
import { replaceQuietly } from '../quietly.js';
import { contacts } from '../share/contacts.js';
import { shareBlock } from '../share/share.js';
import { checkLine } from './check.js';

/** Shows the link of the order `reference`, and follows it for as long as somebody looks. */
export async function showLink(main, reference, tools) {
  const { api, signal, word } = tools;
  const path = `operator/orders/${encodeURIComponent(reference)}`;
  /** The version that is shown. */
  let shown = -1;
  const check = checkLine({ ask: () => api.post(`${path}/check`), onAnswer: show }, tools);
  const read = async () => {
    const story = await api.get(path, { watch: true });
    check.update(story);
    return { ...story, version: story.order.version, pollAfterMs: story.order.pollAfterMs };
  };
  const answers = versions(read, { signal });
  const first = await answers.next();
  if (first.done) return;
  await show(first.value);
  follow().catch(() => {});

  /** Draws what changes. Whoever reads it learns what has become of it, without losing the place. */
  async function follow() {
    for await (const story of answers) await show(story);
  }

  /** Resolves to whether anything has changed; an older answer that arrives late changes nothing. */
  async function show(story) {
    const { version, status } = story.order;
    if (version <= shown) return false;
    const parts = await partsOf(story, check.place, tools);
    // Meanwhile somebody may have left the view, or a newer answer have been shown.
    throwIfAborted(signal);
    if (version <= shown) return true;
    const isFirst = shown === -1;
    shown = version;
    tools.title(word('link.madeTitle'));
    replaceQuietly(main, parts);
    if (!isFirst) tools.say(word(`link.is.${status}`));
    return true;
  }
}

async function partsOf({ order, checkoutUrl, externalId }, check, tools) {
  const { word, money, momentNamed, element, action, facts, code, href, storyOf, notice } = tools;
  const sum = money(order.amount, order.currency);
  const story = storyOf({ reference: order.reference });
  const parts = [];
  if (!checkoutUrl) {
    const actions = [action(word('link.seeOrder'), { href: story }), action(word('link.another'), { href: href('link') })];
    const tone = { paid: 'good', 'on-hold': 'bad' }[order.status] ?? 'warn';
    parts.push(notice({ title: word(`link.is.${order.status}`), text: word(`link.then.${order.status}`), tone, actions }));
  }
  parts.push(
    element(
      'section',
      { className: 'made', attributes: { 'aria-labelledby': 'made-sum' } },
      element('h2', { id: 'made-sum', className: 'sum money', textContent: sum }),
      element('p', { className: 'soft', textContent: order.description }),
    ),
    facts([
      [word('link.reference'), code(order.reference)],
      [word('link.state'), tools.state(order.status)],
      [word('link.until'), momentNamed(order.expiresAt)],
      [word('link.externalIdShort'), externalId],
    ]),
  );
  if (['awaiting-payment', 'verifying'].includes(order.status)) parts.push(check);
  if (checkoutUrl) {
    const values = { sum, description: order.description, reference: order.reference, until: momentNamed(order.expiresAt) };
    parts.push(
      await shareBlock({
        url: checkoutUrl,
        subject: word('link.subject', values),
        text: word('link.message', values),
        email: contacts.of(order.reference).email,
        paper: {
          title: word('link.paper'),
          sum,
          text: order.description,
          facts: [[word('link.reference'), order.reference]],
          until: order.expiresAt,
        },
      }),
    );
    parts.push(
      element(
        'div',
        { className: 'actions' },
        action(word('link.seeOrder'), { href: story }),
        action(word('link.another'), { href: href('link') }),
      ),
    );
  }
  return parts;
}
