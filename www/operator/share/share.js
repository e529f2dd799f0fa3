// What can be done with a link that somebody is to get: copied, sent, shown as a code, printed.
import { action, element } from '/lib/dom.js';
import { word } from '/lib/words.js';
import { say } from '/staff/say.js';
import { handout } from './handout.js';
import { qrCode } from './qr.js';

/**
 * The block around a link. `url` is where it leads; `subject` and `text` are what is sent with it; `email` is to whom, if
 * that is known; `paper` is what stands on the printed page (handout.js).
 */
export async function shareBlock({ url, subject, text, email = '', paper }) {
  const link = element('input', { id: 'share-link', className: 'url', type: 'text', readOnly: true, value: url });
  link.addEventListener('focus', () => link.select());
  const copier = action(word('share.copy'), { kind: 'primary', onClick: () => copy(link) });
  copier.id = 'share-copy';
  const code = await qrCode(url, word('share.code'));
  const scan = element('figcaption', { className: 'hint', textContent: word('share.scan') });
  const message = `${text}\n${url}`;
  const mail = `mailto:${encodeURIComponent(email)}?${query({ subject, body: message })}`;
  return element(
    'section',
    { className: 'share', attributes: { 'aria-labelledby': 'share-title' } },
    element(
      'div',
      { className: 'ways' },
      element('h2', { id: 'share-title', textContent: word('share.title') }),
      element(
        'div',
        { className: 'field' },
        element('label', { htmlFor: link.id, textContent: word('share.link') }),
        element('div', { className: 'joined' }, link, copier),
      ),
      element(
        'div',
        { className: 'actions' },
        away(word('share.whatsapp'), `https://wa.me/?${query({ text: message })}`, { target: '_blank' }),
        away(word('share.email'), mail),
        ...(typeof navigator.share === 'function' ? [action(word('share.more'), { onClick: () => hand({ title: subject, text, url }) })] : []),
        Object.assign(action(word('share.print'), { onClick: () => print() }), { id: 'share-print' }),
      ),
    ),
    element('figure', { className: 'share-code' }, code, scan),
    handout({ url, code: code.cloneNode(true), ...paper }),
  );
}

/** A link out of the desk, without telling where it comes from. */
const away = (label, href, more = {}) =>
  Object.assign(action(label, { href }), { rel: 'noopener noreferrer', ...more });

/** As in every address: `+` would stay a plus sign in a message. */
const query = (values) =>
  Object.entries(values)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');

async function copy(link) {
  try {
    await navigator.clipboard.writeText(link.value);
    say(word('share.copied'));
    tellCopied(link.nextElementSibling);
  } catch {
    // Not allowed: it is marked, to be copied by hand.
    link.focus();
    link.select();
    say(word('share.copyByHand'));
  }
}

/** The button itself says it for a moment, to who looks there. */
function tellCopied(button) {
  button.textContent = word('share.copied');
  setTimeout(() => (button.textContent = word('share.copy')), 2500);
}

/** The system's own sheet. Somebody who closes it has not failed. */
const hand = (what) => navigator.share?.(what).catch(() => {});
