// The story of an order, of a payment or of a charge at a terminal, on one page.
import { canCancel, cancelButton, linkButtons } from './story/actions.js';
import { showCharge, showIntent } from './story/charge.js';
import { orderFacts, orderNotes, orderParts, orderTitle } from './story/order.js';
import { isOurs, paymentFacts, paymentNotes, paymentTitle } from './story/payment.js';
import { shownOf } from './story/shown.js';

export async function show(main, query, tools) {
  const { api, word, action, storyOf, title } = tools;
  const [reference, payment, charge, intent] = ['reference', 'payment', 'charge', 'intent'].map((name) => query.get(name));
  if (reference) return showOrder(main, await api.get(`operator/orders/${encodeURIComponent(reference)}`), tools);
  if (charge) return showCharge(main, charge, tools);
  if (intent) return showIntent(main, intent, tools);
  if (!payment) throw Object.assign(new Error('no story is asked for'), { status: 404 });
  const [answer, listed] = await Promise.all([
    api.get(`operator/one-time-payments/${encodeURIComponent(payment)}`),
    shownOf(payment, query, api),
  ]);
  const told = { ...answer, shown: listed };
  const buttons = told.order ? linkButtons(told.order, tools) : [];
  // Nobody here knows what another system does with its link.
  if (isOurs(told) && canCancel(told.payment)) buttons.push(cancelButton(told.payment, tools));
  title(paymentTitle(told, tools), ...buttons);
  const parts = [...paymentNotes(told, tools), paymentFacts(told, tools)];
  if (told.order) {
    const { reference: ofOrder } = told.order.order;
    parts.unshift(...orderNotes(told.order, tools));
    parts.push(
      action(word('story.goToOrder', { reference: ofOrder }), { href: storyOf({ reference: ofOrder }) }),
      ...orderParts(told.order, tools),
    );
  }
  main.replaceChildren(...parts);
  return undefined;
}

function showOrder(main, story, tools) {
  const { order, attempts, checkoutUrl } = story;
  const paymentId = attempts.find(({ number }) => number === order.attempt)?.paymentId;
  const buttons = linkButtons(story, tools);
  if (checkoutUrl && paymentId) buttons.push(cancelButton({ ...order, id: paymentId }, tools));
  tools.title(orderTitle(story, tools), ...buttons);
  main.replaceChildren(...orderNotes(story, tools), orderFacts(story, tools), ...orderParts(story, tools));
}
