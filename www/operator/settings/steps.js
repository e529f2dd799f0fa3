// The first steps of a shop: what was checked, its state, and what to do about it.
import { seconds } from '/lib/words.js';

/** The checks of the Worker's answer, in the order in which a person goes about them. */
const ORDER = ['compago', 'shopFile', 'catalog', 'webhook', 'checkoutOrigin', 'purchase'];
const icons = { ok: '✓', failed: '!', unknown: '…', 'not-configured': '–' };
const tones = { ok: 'good', failed: 'bad', unknown: 'warn' };
/** The Worker waits 20 seconds for each of two others, at the same time. */
const TIMEOUT_MS = 40_000;

/**
 * Returns the section of the steps of `settings`, an answer of the Worker. Its button has them checked, and `onChecked(settings)` shows
 * the new answer. `more` are elements beside the button.
 */
export function stepsSection(settings, { onChecked, more = [] }, tools) {
  const { checks } = settings;
  const { element, word, moment } = tools;
  const title = element('h2', { id: 'steps-title', textContent: word('steps.title') });
  const at = ORDER.map((name) => checks[name].checkedAt).filter(Boolean).sort().pop();
  const said = [word('steps.ready', readyIn(checks, tools)), at && word('steps.checkedAt', { time: moment(at) })];
  return element(
    'section',
    { className: 'first-steps', attributes: { 'aria-labelledby': title.id } },
    title,
    element('p', { className: 'soft', textContent: word('steps.text') }),
    element(
      'ol',
      // Without list markers, Safari does not call it a list.
      { className: 'checks', ariaLabel: word('steps.list'), attributes: { role: 'list' } },
      ...ORDER.map((name) => step(name, settings, tools)),
    ),
    element(
      'div',
      { className: 'check' },
      checkButton(onChecked, tools),
      ...more,
      element('p', { className: 'soft', textContent: said.filter(Boolean).join(' ') }),
    ),
  );
}

/** Returns whether a check has found something that must be corrected. */
export const hasFailed = ({ checks }) => ORDER.some((name) => checks[name].status === 'failed');

/** Counts the steps that are ready, of those that the shop needs. */
function readyIn(checks, { number }) {
  const needed = ORDER.map((name) => checks[name].status).filter((status) => status !== 'not-configured');
  return { ready: number(needed.filter((status) => status === 'ok').length), count: number(needed.length) };
}

function step(name, settings, tools) {
  const { element, word, soft } = tools;
  const { status, detail } = settings.checks[name];
  const actions = status === 'ok' || name !== 'purchase' ? [] : purchaseActions(settings, tools);
  return element(
    'li',
    { data: { status } },
    element('span', { className: 'icon', ariaHidden: 'true', textContent: icons[status] ?? '' }),
    element(
      'div',
      {},
      element('p', {}, element('strong', { textContent: word(`steps.${name}`) }), ' ', stateOf(status, tools)),
      ...(detail ? [element('p', {}, soft(detail))] : []),
      ...(actions.length ? [element('div', { className: 'actions' }, ...actions)] : []),
    ),
  );
}

const stateOf = (status, { element, word }) =>
  element('span', { className: `state ${tones[status] ?? ''}`.trim(), textContent: word(`steps.is.${status}`) || status });

/** The two ways to a payment. */
function purchaseActions({ shopOrigin }, { action, href, word }) {
  const shop = Object.assign(action(word('steps.openShop'), { href: `${shopOrigin}/` }), { target: '_blank', rel: 'noopener' });
  return [shop, action(word('steps.newLink'), { href: href('link') })];
}

function checkButton(onChecked, { action, announce, api, number, problem, showNotice, word }) {
  const button = action(word('steps.check'), {
    kind: 'primary',
    onClick: async () => {
      button.textContent = word('steps.checking');
      try {
        const settings = await api.post('operator/settings/check', undefined, { timeoutMs: TIMEOUT_MS });
        showNotice();
        onChecked(settings);
        announce(word('steps.announced', readyIn(settings.checks, { number })));
      } catch (error) {
        const isRepeated = error.status === 429 && error.retryAfterMs;
        const text = isRepeated ? word('steps.justChecked', { seconds: seconds(error.retryAfterMs) }) : problem(error);
        showNotice({ text, tone: 'warn' });
      } finally {
        button.textContent = word('steps.check');
      }
    },
  });
  button.id = 'steps-check';
  return button;
}
