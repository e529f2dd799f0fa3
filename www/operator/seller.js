// Who sells, as the page's markup has it for paper (fragments/paper-seller.html).
import { byId, element } from '/lib/dom.js';
import { testMark } from '/lib/shop.js';
import { word } from '/lib/words.js';

const content = () => byId('paper-seller').content;
const textOf = (name) => content().querySelector(`[data-contact="${name}"]`)?.textContent.trim() ?? '';

/** Returns the head of a page of paper: that it is of a test, if it is, and the seller. */
export function paperHead() {
  const mark = testMark();
  const note = element('p', { className: 'paper-mark', textContent: word('paper.test', { mark }) });
  return element('div', { className: 'paper-head' }, ...(mark ? [note] : []), content().cloneNode(true));
}

/** Returns how to reach the shop: its phone number, empty if it has none, and its e-mail address. */
export const shopContact = () => ({ phone: textOf('phone'), email: textOf('email') });
