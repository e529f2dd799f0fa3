// What an order's status says of its payment: lines, shipping, total, dates, reference and seller, on the page and as text.
import { byId, element } from '/lib/dom.js';
import { shopName, shopZone, testMark } from '/lib/shop.js';
import { language, moment, money, word } from '/lib/words.js';
import { placeOf } from '/lib/zoned.js';

/** Renders the facts of an order. */
export function drawReceipt(view) {
  byId('facts').hidden = !view.reference && view.status !== 'loading';
  if (!view.reference) return;
  const isPaid = view.status === 'paid';
  byId('bought').replaceChildren(...rowsOf(view).map((row) => newRow(...row)));
  byId('amount').textContent = money(view.amount, view.currency);
  byId('reference').textContent = view.reference;
  showFact('expires', view.status === 'awaiting-payment' && word('deviceTime', { time: moment(view.expiresAt) }));
  showFact('paid-at', isPaid && view.paidAt && paidAt(view));
  showFact('carrier', view.fulfilment?.carrier);
  showFact('tracking', view.fulfilment?.trackingNumber);
  byId('seller-row').hidden = !isPaid;
  byId('not-invoice').hidden = !isPaid;
  byId('test-money').hidden = !isPaid || !testMark();
  byId('test-money').textContent = testMoney();
}

const testMoney = () => word('testMoney', { mark: testMark() });

/** Formats when an order was paid, in the shop's time zone, which is named. */
function paidAt(view) {
  const zone = shopZone();
  const parts = { day: 'numeric', month: 'short', year: 'numeric', hour: 'numeric', minute: '2-digit' };
  const time = new Date(view.paidAt).toLocaleString(language(), { ...parts, timeZone: zone });
  return word('shopTime', { time, place: placeOf(zone, language()) });
}

/** Returns the receipt as plain text, to be sent to somebody. It has no link: whoever opened it could see the order. */
export function receiptText(view) {
  const { carrier, trackingNumber } = view.fulfilment ?? {};
  const lines = rowsOf(view).map(([name, amount, each]) => `${name}${each ? ` (${each})` : ''}${amount ? `: ${amount}` : ''}`);
  const seller = [...byId('seller').children].map(({ textContent }) => textContent.trim());
  return [
    ...(testMark() ? [testMoney()] : []),
    `${shopName()}: ${word('paidTitle')}`,
    ...lines,
    `${word('total')}: ${money(view.amount, view.currency)}`,
    ...(view.paidAt ? [`${word('paidAt')}: ${paidAt(view)}`] : []),
    `${word('reference')}: ${view.reference}`,
    ...(carrier ? [`${word('carrier')}: ${carrier}`] : []),
    ...(trackingNumber ? [`${word('trackingNumber')}: ${trackingNumber}`] : []),
    '',
    ...seller,
    word('notInvoice'),
  ].join('\n');
}

/**
 * Returns what was bought as names with amounts, and with what one costs if there are more of it; an order without items has only its
 * description.
 */
function rowsOf({ items = [], shipping, description, currency }) {
  const bought = items.map(({ quantity, name, unitAmount, amount }) => {
    const each = quantity > 1 && unitAmount && word('each', { amount: money(unitAmount, currency) });
    return [`${quantity} × ${name}`, money(amount, currency), each];
  });
  const rows = bought.length > 0 ? bought : [[description]];
  return shipping ? [...rows, [shipping.name, isFree(shipping) ? word('free') : money(shipping.amount, currency)]] : rows;
}

const isFree = ({ amount }) => Number(amount) === 0;

function newRow(name, amount, each) {
  const row = element('li', {}, element('span', { textContent: name }));
  if (each) row.append(' ', element('span', { className: 'each', textContent: each }));
  if (amount) row.append(' ', element('span', { className: 'money', textContent: amount }));
  return row;
}

function showFact(name, text) {
  byId(`${name}-row`).hidden = !text;
  byId(name).textContent = text || '';
}
