// The page that is printed to be handed over; share.css keeps it off the screen, and everything else off the paper.
import { element } from '/lib/dom.js';
import { word } from '/lib/words.js';
import { named, shown } from '/staff/times.js';

/**
 * `code` is the link's QR code. `title`, `sum`, `text` and `facts` (pairs) say what the link is for, `until` (RFC 3339) how
 * long it is good.
 */
export function handout({ url, code, title, sum, text, facts = [], until }) {
  const shop = document.querySelector('.shop')?.textContent ?? '';
  const pairs = [...facts, [word('share.until'), untilWords(until)]].filter(([, value]) => value);
  return element(
    'div',
    { className: 'handout', ariaHidden: 'true' },
    element('p', { className: 'handout-shop', textContent: shop, translate: false }),
    element('p', { textContent: location.host, translate: false }),
    element('p', { className: 'handout-title', textContent: title }),
    ...(sum ? [element('p', { className: 'handout-sum money', textContent: sum })] : []),
    ...(text ? [element('p', { className: 'handout-text', textContent: text })] : []),
    code,
    element('p', { textContent: word('share.how') }),
    element('p', { className: 'handout-url', textContent: url, translate: false }),
    element(
      'dl',
      {},
      ...pairs.map(([name, value]) =>
        element('div', {}, element('dt', { textContent: name }), element('dd', { textContent: value })),
      ),
    ),
  );
}

const untilWords = (rfc3339) => named(shown(rfc3339, { dateStyle: 'long', timeStyle: 'short' }));
