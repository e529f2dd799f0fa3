// What is sent with a link: who asks for what, until when, and whom to ask. It is text: what people typed is put in one line.
import { inOwnOrder } from '/pkg/visible-text.js';
import { shopName, testMark } from '/lib/shop.js';
import { word } from '/lib/words.js';
import { named, shown } from '/staff/times.js';
import { shopContact } from '../seller.js';

/**
 * Returns the subject and the text of a message about a payment link for `sum`, the order's `description` and `reference`. `firstName` is
 * the payer's, if known.
 */
export function paymentMessage({ firstName, sum, description, reference, expiresAt }) {
  const concept = inOneLine(description);
  const what = concept ? `${sum} (${concept})` : sum;
  const shop = shopName();
  const { phone, email } = shopContact();
  const text = [
    word('link.message', { greeting: greeting(firstName), shop, what, until: untilWords(expiresAt), reference }),
    word(phone ? 'link.messageContact' : 'link.messageEmail', { phone, email }),
  ].join('\n');
  return marked({ subject: word('link.subject', { shop, sum }), text });
}

/** Returns the subject and the text of a message that asks `firstName`, if known, to save a card for a `purpose`, if said. */
export function cardMessage({ firstName, purpose, expiresAt }) {
  const shop = shopName();
  const text = [...cardSentences({ firstName, purpose }), word('cards.messageUntil', { until: untilWords(expiresAt) })].join('\n');
  return marked({ subject: word('cards.subject', { shop }), text });
}

/** Returns the sentences about saving a card, which the printed page has as well: what for, how, and whom to ask. */
export function cardSentences({ firstName, purpose }) {
  const use = inOneLine(purpose).replace(/[.…\s]+$/, '');
  const { phone, email } = shopContact();
  return [
    word(use ? 'cards.messageFor' : 'cards.message', { greeting: greeting(firstName), shop: shopName(), use }),
    word('cards.messageToday'),
    word(phone ? 'cards.messageContact' : 'cards.messageEmail', { phone, email }),
  ];
}

function greeting(firstName) {
  const name = inOneLine(firstName);
  return name ? word('share.hello', { name }) : word('share.helloPlain');
}

/** Money of a test must not look like money. */
function marked({ subject, text }) {
  const mark = testMark() && `[${testMark()}] `;
  return { subject: mark + subject, text: mark + text };
}

/** Returns a date and time for somebody elsewhere, in the shop's zone, which is named. */
export function untilWords(instant) {
  const date = shown(instant, { dateStyle: 'long' });
  const time = inOneLine(shown(instant, { hour: 'numeric', minute: '2-digit', hour12: true }));
  return named(word(/^1\D/.test(time) ? 'share.momentAtOne' : 'share.moment', { date, time }));
}

/** Returns a text without line breaks, and without characters that change the order in which others are read. */
const inOneLine = (text = '') => inOwnOrder(text ?? '').replace(/[\s\p{Cc}]+/gu, ' ').trim();
