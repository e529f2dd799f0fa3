// A created link: its purpose and status, and the ways to share it. Its URL shows it again.
import { versions } from '/pkg/status.js';
import { folioOf } from '/staff/references.js';
import { throwIfAborted } from '../api.js';
import { replacePreservingFocus } from '../replace-preserving-focus.js';
import { contacts } from '../share/contacts.js';
import { paymentMessage } from '../share/message.js';
import { shareBlock } from '../share/share.js';
import { checkLine } from './check.js';

/** Shows the link of the order `reference` and polls it for as long as the view is open. */
export async function showLink(main, reference, tools) {
  const { api, signal, word } = tools;
  const path = `operator/orders/${encodeURIComponent(reference)}`;
  /** The version that is shown. */
  let shown = -1;
  const check = checkLine({ ask: () => api.post(`${path}/check`), onAnswer: show }, tools);
  const read = async () => {
    const detail = await api.get(path, { watch: true });
    check.update(detail);
    return { ...detail, version: detail.order.version, pollAfterMs: detail.order.pollAfterMs };
  };
  const answers = versions(read, { signal });
  const first = await answers.next();
  if (first.done) return;
  await show(first.value);
  follow().catch(() => {});

  /** Renders each new version, and preserves the focus. */
  async function follow() {
    for await (const detail of answers) await show(detail);
  }

  /** Resolves to whether anything has changed; an older answer that arrives late changes nothing. */
  async function show(detail) {
    const { version, status } = detail.order;
    if (version <= shown) return false;
    const parts = await partsOf(detail, check.place, tools);
    // The view may have been left meanwhile, or a newer answer been shown.
    throwIfAborted(signal);
    if (version <= shown) return true;
    const isFirst = shown === -1;
    shown = version;
    tools.title(word('link.madeTitle'));
    replacePreservingFocus(main, parts);
    if (!isFirst) tools.announce(word(`link.is.${status}`));
    return true;
  }
}

async function partsOf({ order, checkoutUrl, externalId }, check, tools) {
  const { word, money, momentNamed, element, action, facts, code, href, detailHref, notice } = tools;
  const sum = money(order.amount, order.currency);
  const orderHref = detailHref({ reference: order.reference });
  const parts = [];
  if (!checkoutUrl) {
    const actions = [action(word('link.seeOrder'), { href: orderHref }), action(word('link.another'), { href: href('link') })];
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
      [word('link.externalIdShort'), folioOf({ reference: order.reference, externalId })],
    ]),
  );
  if (['awaiting-payment', 'verifying'].includes(order.status)) parts.push(check);
  if (checkoutUrl) {
    const payer = contacts.of(order.reference);
    parts.push(
      await shareBlock({
        url: checkoutUrl,
        message: paymentMessage({ ...order, sum, firstName: payer.firstName }),
        payer,
        paper: {
          title: word('link.paper'),
          sum,
          sentences: [order.description],
          facts: [[word('link.reference'), order.reference]],
          until: order.expiresAt,
        },
      }),
    );
    parts.push(
      element(
        'div',
        { className: 'actions' },
        action(word('link.seeOrder'), { href: orderHref }),
        action(word('link.another'), { href: href('link') }),
      ),
    );
  }
  return parts;
}
