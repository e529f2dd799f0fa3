// A phone number as people read it, and ways to reach it.
import { element } from '/lib/dom.js';
import { visible } from '/pkg/visible-text.js';

/** The cities whose area code has two digits; elsewhere it has three. */
const twoDigits = /^(33|55|56|81)/;

/** Formats a Mexican number in groups, `+52 55 1234 0000`; any other as it came. */
export function phoneText(phoneNumber) {
  const digits = /^(?:\+52)?(\d{10})$/.exec(phoneNumber)?.[1];
  if (!digits) return phoneNumber;
  const groups = twoDigits.test(digits) ? /(\d{2})(\d{4})(\d{4})/ : /(\d{3})(\d{3})(\d{4})/;
  return `+52 ${digits.replace(groups, '$1 $2 $3')}`;
}

/**
 * Returns the digits of a number with its country code, as links need them, from how a person wrote it. Ten digits are a Mexican number,
 * as are Mexico's older formats (src/value/phone.rs); undefined for what is no number.
 */
export function internationalDigits(written) {
  const text = visible(written).replace(/^tel[:.]/i, '').replace('(0)', '').trim();
  const isForeign = /^(?:\+|00)/.test(text);
  const digits = text.replace(/\D/g, '').replace(isForeign ? /^00/ : /^(?:01|04[45])(?=\d{10}$)/, '');
  const whole = isForeign ? digits.replace(/^521(?=\d{10}$)/, '52') : `52${digits}`;
  return (isForeign ? /^\d{8,15}$/ : /^52\d{10}$/).test(whole) ? whole : undefined;
}

/** Returns links that call the number, and that write to it in WhatsApp. */
export function phoneLink(phoneNumber) {
  const international = internationalDigits(phoneNumber);
  if (!international) return element('span', { textContent: phoneNumber });
  const call = element('a', { href: `tel:+${international}`, textContent: phoneText(phoneNumber) });
  const write = element('a', {
    href: `https://wa.me/${international}`,
    textContent: 'WhatsApp',
    rel: 'noopener noreferrer',
    target: '_blank',
  });
  return element('span', {}, call, ' · ', write);
}
