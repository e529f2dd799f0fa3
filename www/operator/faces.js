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

/** Why a view cannot be shown, with a way on; `passes` if it will be tried again by itself. */
export function trouble(error, { again, passes }) {
  const isMissing = error.status === 404;
  const title = word(isMissing ? 'missingTitle' : 'troubleTitle');
  const retry = action(word('tryAgain'), { kind: 'primary', onClick: again });
  const back = action(word('goToAttention'), { href: '/operator?view=attention' });
  const isOffline = navigator.onLine === false;
  const text = [problem(error), passes && !isOffline && word('troubleAgain')].filter(Boolean).join(' ');
  return notice({ title, text, tone: 'warn', actions: isMissing ? [back] : [retry, back] });
}
