// A link that was made: what it is for, how it stands, and all that is needed to hand it on. Its address shows it again.
import { versions } from '/pkg/status.js';
import { throwIfAborted } from '../api.js';
import { replaceQuietly } from '../quietly.js';
import { contacts } from '../share/contacts.js';
import { shareBlock } from '../share/share.js';

/** Shows the link of the order `reference`, and follows it for as long as somebody looks. */
export async function showLink(main, reference, tools) {
  const { api, signal } = tools;
  const read = async () => {
    const story = await api.get(`operator/orders/${encodeURIComponent(reference)}`);
    return { ...story, version: story.order.version, pollAfterMs: story.order.pollAfterMs };
  };
  const told = versions(read, { signal });
  const first = await told.next();
  if (first.done) return;
  await draw(main, first.value, tools);
  follow(main, told, tools).catch(() => {});
}

/** Draws what changes. Whoever reads it learns what has become of it, without losing the place. */
async function follow(main, told, tools) {
  for await (const story of told) {
    await draw(main, story, tools);
    tools.say(tools.word(`link.is.${story.order.status}`));
  }
}

async function draw(main, { order, checkoutUrl, externalId }, tools) {
  const { word, money, moment, element, action, facts, code, href, storyOf, notice, title } = tools;
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
      [word('link.until'), moment(order.expiresAt)],
      [word('link.externalIdShort'), externalId],
    ]),
  );
  if (checkoutUrl) {
    const values = { sum, description: order.description, reference: order.reference, until: moment(order.expiresAt) };
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
  // The code's writer may have come when somebody had gone on.
  throwIfAborted(tools.signal);
  title(word('link.madeTitle'));
  replaceQuietly(main, parts);
}
