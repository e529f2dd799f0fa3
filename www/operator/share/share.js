// The ways to share a link: copy, send, QR code, print.
import { action, element } from '/lib/dom.js';
import { word } from '/lib/words.js';
import { copyField } from '../fields/copy.js';
import { internationalDigits } from '../phone.js';
import { handout } from './handout.js';
import { qrCode } from './qr.js';

/**
 * Returns the block of a link. `url` is its target; `message` has the subject and the text that are sent with it (message.js); `payer` has
 * the e-mail address and the phone number of the recipient, as far as known; `paper` is the content of the printed page (handout.js).
 */
export async function shareBlock({ url, message: { subject, text }, payer: { email = '', phoneNumber = '' }, paper }) {
  const code = await qrCode(url, word('share.code'));
  const scan = element('figcaption', { className: 'hint', textContent: word('share.scan') });
  const message = `${text}\n${url}`;
  const mail = `mailto:${encodeURIComponent(email)}?${query({ subject, body: message.replace(/\n/g, '\r\n') })}`;
  const chat = `https://wa.me/${internationalDigits(phoneNumber) ?? ''}?${query({ text: message })}`;
  return element(
    'section',
    { className: 'share', attributes: { 'aria-labelledby': 'share-title' } },
    element(
      'div',
      { className: 'ways' },
      element('h2', { id: 'share-title', textContent: word('share.title') }),
      copyField({ id: 'share-link', label: word('share.link'), value: url, byHand: 'share.copyByHand' }),
      element(
        'div',
        { className: 'actions' },
        away(word('share.whatsapp'), chat, { target: '_blank' }),
        away(word('share.email'), mail),
        ...(typeof navigator.share === 'function' ? [action(word('share.more'), { onClick: () => hand({ title: subject, text, url }) })] : []),
        Object.assign(action(word('share.print'), { onClick: () => print() }), { id: 'share-print' }),
      ),
    ),
    element('figure', { className: 'share-code' }, code, scan),
    handout({ url, code: code.cloneNode(true), ...paper }),
  );
}

/** An external link, without a referrer. */
const away = (label, href, more = {}) =>
  Object.assign(action(label, { href }), { rel: 'noopener noreferrer', ...more });

/** Percent-encoded: a `+` would stay a plus sign in a message. */
const query = (values) =>
  Object.entries(values)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');

/** Opens the system's share sheet. Closing it is no failure. */
const hand = (what) => navigator.share?.(what).catch(() => {});
