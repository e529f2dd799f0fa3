// The ticket of a paid charge, for printers of 58 and 80 mm.
import { byId, element } from '/lib/dom.js';
import { testMark } from '/lib/shop.js';
import { money, word } from '/lib/words.js';
import { referenceIn } from '/staff/references.js';
import { switches } from './kept.js';
import { cardOf } from './view-model.js';
import { writtenOf } from './pad.js';
import { onPaper } from './time.js';

const widths = ['58', '80'];
const width = () => widths.find((known) => known === switches.read()?.paper) ?? widths[widths.length - 1];

export function setUpPaper() {
  byId('paper').addEventListener('change', ({ target }) => {
    switches.write({ ...switches.read(), paper: target.value });
    usePaper();
  });
  usePaper();
}

/** Fills in the ticket of a paid charge, or clears it. */
export function drawTicket(charge) {
  byId('paper').hidden = !charge;
  byId('ticket-mark').hidden = !testMark();
  byId('ticket-mark').textContent = word('ticketTest', { mark: testMark() });
  byId('ticket-lines').replaceChildren(...(charge ? linesOf(charge) : []));
  for (const label of byId('paper').querySelectorAll('span'))
    label.textContent = word('millimetres', { width: label.dataset.width });
}

/** Style sheets choose the page size by it (pos.css). */
function usePaper() {
  document.documentElement.dataset.paper = width();
  for (const choice of byId('paper').querySelectorAll('input')) choice.checked = choice.value === width();
}

function linesOf(charge) {
  const facts = [
    ['card', cardOf(charge)],
    ['ticketDate', charge.paidAt && onPaper(charge.paidAt)],
    ['terminalWord', charge.terminalCode],
    ['referenceWord', writtenOf(charge.reference)],
    ['orderReference', referenceIn(charge.externalId)],
  ];
  return [
    element('p', { className: 'ticket-title', textContent: word('ticketTitle') }),
    element('p', { className: 'ticket-sum', textContent: money(charge.amount, charge.currency) }),
    element('p', { className: 'ticket-paid', textContent: word('ticketPaid') }),
    element('dl', {}, ...facts.filter(([, value]) => value).map(line)),
    element('p', { textContent: word('ticketThanks') }),
    element('p', { textContent: word('ticketNotInvoice') }),
  ];
}

const line = ([key, value]) =>
  element('div', {}, element('dt', { textContent: word(key) }), element('dd', { textContent: value }));
