// What a view shows when it has nothing to show: a shape of what is to come, that there is nothing, or what went wrong.
import { action, element } from '/lib/dom.js';
import { word } from '/lib/words.js';
import { problem } from './format.js';

/** The shape of what is still to come; it is seen once the wait can be felt. */
export function skeleton() {
  const rows = Array.from({ length: 6 }, () => element('div', { className: 'bone' }));
  return element('div', { className: 'skeleton', ariaHidden: 'true' }, ...rows);
}

/** That there is nothing: `title`, `text`, and what leads on. */
export const empty = ({ title, text, actions = [] }) =>
  element(
    'div',
    { className: 'empty' },
    element('h2', { textContent: title }),
    ...(text ? [element('p', { className: 'soft', textContent: text })] : []),
    ...(actions.length ? [element('div', { className: 'actions' }, ...actions)] : []),
  );

/** Something that has to be read, `tone` good, warn or bad; with a heading if there is a `title`. */
export const notice = ({ title, text, tone = '', actions = [] }) =>
  element(
    'div',
    { className: `notice ${tone}`.trim() },
    ...(title ? [element('h2', { textContent: title })] : []),
    ...(text ? [element('p', { textContent: text })] : []),
    ...(actions.length ? [element('div', { className: 'actions' }, ...actions)] : []),
  );

/** Why a view cannot be shown, with a way on. */
export function trouble(error, again) {
  const isMissing = error.status === 404;
  const actions = [action(word('tryAgain'), { kind: 'primary', onClick: again })];
  const back = action(word('goToAttention'), { href: '/operator?view=attention' });
  const title = word(isMissing ? 'missingTitle' : 'troubleTitle');
  return notice({ title, text: problem(error), tone: 'warn', actions: isMissing ? [back] : [...actions, back] });
}
