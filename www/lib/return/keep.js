// The ways to keep a receipt: print it, or send it as text.
import { action } from '/lib/dom.js';
import { testMark } from '/lib/shop.js';
import { word } from '/lib/words.js';

/** Returns the buttons for a receipt of that subject and text. */
export function waysToKeep(title, text) {
  const subject = testMark() ? `[${testMark()}] ${title}` : title;
  const canShare = typeof navigator.share === 'function';
  const [head, body] = [subject, text].map(encodeURIComponent);
  const whatsApp = action(word('byWhatsApp'), { href: `https://wa.me/?text=${body}` });
  whatsApp.target = '_blank';
  whatsApp.rel = 'noopener';
  return [
    action(word('print'), { onClick: () => print() }),
    ...(canShare ? [action(word('share'), { onClick: () => share(subject, text) })] : []),
    whatsApp,
    action(word('byEmail'), { href: `mailto:?subject=${head}&body=${body}` }),
  ];
}

async function share(title, text) {
  try {
    await navigator.share?.({ title, text });
  } catch {
    // The payer closed the dialog, or the browser refused it: the other ways remain.
  }
}
