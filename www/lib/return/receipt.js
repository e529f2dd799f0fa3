// What an order's status says of its payment: lines, shipping, total, dates and reference, on the page and as text.
import { byId, element } from '/lib/dom.js';
import { dated, moment, money, word } from '/lib/words.js';

/** Renders the facts of an order. */
export function drawReceipt(view) {
  byId('facts').hidden = !view.reference && view.status !== 'loading';
  if (!view.reference) return;
  const isPaid = view.status === 'paid';
  byId('bought').replaceChildren(...rowsOf(view).map(([name, amount]) => newRow(name, amount)));
  byId('amount').textContent = money(view.amount, view.currency);
  byId('reference').textContent = view.reference;
  showFact('expires', view.status === 'awaiting-payment' && word('deviceTime', { time: moment(view.expiresAt) }));
  showFact('paid-at', isPaid && view.paidAt && dated(view.paidAt));
  showFact('carrier', view.fulfilment?.carrier);
  showFact('tracking', view.fulfilment?.trackingNumber);
  byId('seller-row').hidden = !isPaid;
  byId('not-invoice').hidden = !isPaid;
}

/** Returns the receipt as plain text, to be sent to somebody. It has no link: whoever opened it could see the order. */
export function receiptText(view, shop) {
  const { carrier, trackingNumber } = view.fulfilment ?? {};
  const lines = rowsOf(view).map(([name, amount]) => (amount ? `${name}: ${amount}` : name));
  return [
    `${shop}: ${word('paidTitle')}`,
    ...lines,
    `${word('total')}: ${money(view.amount, view.currency)}`,
    ...(view.paidAt ? [`${word('paidAt')}: ${dated(view.paidAt)}`] : []),
    `${word('reference')}: ${view.reference}`,
    ...(carrier ? [`${word('carrier')}: ${carrier}`] : []),
    ...(trackingNumber ? [`${word('trackingNumber')}: ${trackingNumber}`] : []),
    word('notInvoice'),
  ].join('\n');
}

/** Returns what was bought as names with amounts; an order without items has only its description. */
function rowsOf({ items = [], shipping, description, currency }) {
  const bought = items.map(({ quantity, name, amount }) => [`${quantity} × ${name}`, money(amount, currency)]);
  const rows = bought.length > 0 ? bought : [[description]];
  return shipping ? [...rows, [shipping.name, isFree(shipping) ? word('free') : money(shipping.amount, currency)]] : rows;
}

const isFree = ({ amount }) => Number(amount) === 0;

function newRow(name, amount) {
  const row = element('li', {}, element('span', { textContent: name }));
  if (amount) row.append(' ', element('span', { className: 'money', textContent: amount }));
  return row;
}

function showFact(name, text) {
  byId(`${name}-row`).hidden = !text;
  byId(name).textContent = text || '';
}
