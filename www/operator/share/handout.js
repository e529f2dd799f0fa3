// The page to print and hand over; share.css hides it on screens, and all else on paper.
import { element } from '/lib/dom.js';
import { word } from '/lib/words.js';
import { paperHead } from '../seller.js';
import { untilWords } from './message.js';

/**
 * Returns the page. `code` is the link's QR code. `title`, `sum`, `sentences` and `facts` (pairs) describe the link, `until` (RFC 3339) is its
 * end.
 */
export function handout({ url, code, title, sum, sentences = [], facts = [], until }) {
  const pairs = [...facts, [word('share.until'), untilWords(until)]].filter(([, value]) => value);
  return element(
    'div',
    { className: 'handout', ariaHidden: 'true' },
    paperHead(),
    element('p', { className: 'handout-title', textContent: title }),
    ...(sum ? [element('p', { className: 'handout-sum money', textContent: sum })] : []),
    ...sentences.filter(Boolean).map((text) => element('p', { className: 'handout-text', textContent: text })),
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
