// A section of a page that has its title as its name.
import { element } from '/lib/dom.js';
import { word } from '/lib/words.js';

/** Returns a section under the heading that `key` names. */
export function section(key, ...parts) {
  const id = key.replace('.', '-');
  const title = element('h2', { id, textContent: word(key), attributes: { tabindex: '-1' } });
  return element('section', { attributes: { 'aria-labelledby': id } }, title, ...parts);
}
