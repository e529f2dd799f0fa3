// What a view shows instead of its content: a skeleton, that it is empty, or an error.
import { action, element } from '/lib/dom.js';
import { word } from '/lib/words.js';
import { problem } from './format.js';

/** A skeleton, which appears when loading takes noticeably long. */
export function skeleton() {
  const rows = Array.from({ length: 6 }, () => element('div', { className: 'bone' }));
  return element('div', { className: 'skeleton', ariaHidden: 'true' }, ...rows);
}

/** The empty state: `title`, `text`, and actions. */
export const empty = ({ title, text, actions = [] }) =>
  element(
    'div',
    { className: 'empty' },
    element('h2', { textContent: title }),
    ...(text ? [element('p', { className: 'soft', textContent: text })] : []),
    ...(actions.length ? [element('div', { className: 'actions' }, ...actions)] : []),
  );

/** A notice, `tone` good, warn or bad, with an optional `title`. */
export const notice = ({ title, text, tone = '', actions = [] }) =>
  element(
    'div',
    { className: `notice ${tone}`.trim() },
    ...(title ? [element('h2', { textContent: title })] : []),
    ...(text ? [element('p', { textContent: text })] : []),
    ...(actions.length ? [element('div', { className: 'actions' }, ...actions)] : []),
  );

/** Describes why a view cannot be shown, with actions; `passes` if it will be retried. */
export function trouble(error, { again, passes }) {
  const isMissing = error.status === 404;
  const title = word(isMissing ? 'missingTitle' : 'troubleTitle');
  const retry = action(word('tryAgain'), { kind: 'primary', onClick: again });
  const back = action(word('goToAttention'), { href: '/operator?view=attention' });
  const isOffline = navigator.onLine === false;
  const text = [problem(error), passes && !isOffline && word('troubleAgain')].filter(Boolean).join(' ');
  return notice({ title, text, tone: 'warn', actions: isMissing ? [back] : [retry, back] });
}
