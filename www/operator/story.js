// The story of an order, of a payment or of a charge at a terminal, on one page.
import { canCancel, cancelButton, copyButton } from './story/actions.js';
import { showIntent } from './story/intent.js';
import { orderFacts, orderNotes, orderParts, orderTitle } from './story/order.js';
import { paymentFacts, paymentNotes, paymentTitle } from './story/payment.js';

export async function show(main, query, tools) {
  const { api, word, action, storyOf, title } = tools;
  const [reference, payment, intent] = ['reference', 'payment', 'intent'].map((name) => query.get(name));
  if (reference) return showOrder(main, await api.get(`operator/orders/${encodeURIComponent(reference)}`), tools);
  if (intent) return showIntent(main, await api.get(`pos/payment-intents/${encodeURIComponent(intent)}`), tools);
  if (!payment) throw Object.assign(new Error('no story is asked for'), { status: 404 });
  const told = await api.get(`operator/one-time-payments/${encodeURIComponent(payment)}`);
  const buttons = [];
  if (told.order?.checkoutUrl) buttons.push(copyButton(told.order.checkoutUrl, tools));
  if (canCancel(told.payment)) buttons.push(cancelButton(told.payment, tools));
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
  const buttons = [];
  if (checkoutUrl) {
    buttons.push(copyButton(checkoutUrl, tools));
    if (paymentId) buttons.push(cancelButton({ ...order, id: paymentId }, tools));
  }
  tools.title(orderTitle(story, tools), ...buttons);
  main.replaceChildren(...orderNotes(story, tools), orderFacts(story, tools), ...orderParts(story, tools));
}
