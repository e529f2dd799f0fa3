// The page of one product: its words, and the elements that sell it.
import '/pkg/elements-define.js';
import { language, loadLocale } from '/lib/words.js';

const elements = document.querySelectorAll('compago-order, compago-pay');

await loadLocale(() => {
  for (const element of elements) element.setAttribute('language', language());
});
