// The detail view of an order, of a payment or of a charge.
import { canCancel, cancelButton, linkButtons } from './story/actions.js';
import { fulfilmentParts } from './fulfilment/detail.js';
import { replacePreservingFocus } from './replace-preserving-focus.js';
import { showCharge } from './story/charge.js';
import { orderFacts, orderNotes, orderParts, orderTitle } from './story/order.js';
import { paymentFacts, paymentNotes, paymentTitle, referenceOf } from './story/payment.js';
import { findShown, shown } from './story/shown.js';

export async function show(main, query, tools) {
  const { api, word, action, detailHref, title } = tools;
  const [reference, payment, charge] = ['reference', 'payment', 'charge'].map((name) => query.get(name));
  if (reference) return showOrder(main, await api.get(`operator/orders/${encodeURIComponent(reference)}`), tools);
  if (charge) return showCharge(main, charge, tools);
  if (!payment) throw Object.assign(new Error('no detail is asked for'), { status: 404 });
  const answer = await api.get(`operator/one-time-payments/${encodeURIComponent(payment)}`);
  const isShort = answer.payment.amount === null && !answer.order;
  const detail = { ...answer, shown: isShort ? await findShown(payment, query, api) : shown.of(payment) };
  const ofOrder = referenceOf(detail);
  const buttons = detail.order ? linkButtons(detail.order, tools) : [];
  // Links of other systems are not cancelled here.
  if (ofOrder && canCancel(detail.payment)) buttons.push(cancelButton(detail.payment, tools));
  title(paymentTitle(detail, tools), ...buttons);
  main.replaceChildren(
    ...(detail.order ? orderNotes(detail.order, tools) : []),
    ...paymentNotes(detail, tools),
    paymentFacts(detail, tools),
    ...(ofOrder
      ? [action(word('story.goToOrder', { reference: ofOrder }), { href: detailHref({ reference: ofOrder }) })]
      : []),
    ...(detail.order ? orderParts(detail.order, tools) : []),
  );
  return undefined;
}

function showOrder(main, detail, tools, delivery) {
  const { order, attempts, checkoutUrl } = detail;
  const paymentId = attempts.find(({ number }) => number === order.attempt)?.paymentId;
  const buttons = linkButtons(detail, tools);
  if (checkoutUrl && paymentId) buttons.push(cancelButton({ ...order, id: paymentId }, tools));
  tools.title(orderTitle(detail, tools), ...buttons);
  const show = (next, known = delivery) => !tools.signal.aborted && showOrder(main, next, tools, known);
  const parts = fulfilmentParts({ detail, delivery, show }, tools);
  replacePreservingFocus(main, [...orderNotes(detail, tools), orderFacts(detail, tools), ...parts, ...orderParts(detail, tools)]);
}
