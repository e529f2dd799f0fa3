// A phone number as people read it, and ways to reach it.
import { element } from '/lib/dom.js';

/** The cities whose area code has two digits; elsewhere it has three. */
const twoDigits = /^(33|55|56|81)/;

/** Formats a Mexican number in groups, `+52 55 1234 0000`; any other as it came. */
export function phoneText(phoneNumber) {
  const digits = /^(?:\+52)?(\d{10})$/.exec(phoneNumber)?.[1];
  if (!digits) return phoneNumber;
  const groups = twoDigits.test(digits) ? /(\d{2})(\d{4})(\d{4})/ : /(\d{3})(\d{3})(\d{4})/;
  return `+52 ${digits.replace(groups, '$1 $2 $3')}`;
}

/** Returns links that call the number, and that write to it in WhatsApp. */
export function phoneLink(phoneNumber) {
  const digits = phoneNumber.replace(/\D/g, '');
  const international = digits.length === 10 ? `52${digits}` : digits;
  const call = element('a', { href: `tel:+${international}`, textContent: phoneText(phoneNumber) });
  const write = element('a', {
    href: `https://wa.me/${international}`,
    textContent: 'WhatsApp',
    rel: 'noopener noreferrer',
    target: '_blank',
  });
  return element('span', {}, call, ' · ', write);
}
