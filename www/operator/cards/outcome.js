// Shows the outcome of a charge or a refund.
import { action, element } from '/lib/dom.js';
import { word } from '/lib/words.js';

const tones = {
  confirmed: 'good',
  refunded: 'good',
  declined: 'warn',
  unknown: 'warn',
  unsure: 'warn',
  later: 'warn',
  'on-hold': 'bad',
};

/**
 * Returns a place for the outcome of `what` (`charge` or `refund`) of the card called `card`. `show(status, sum, more)` shows it: `more`
 * has the `reason` why a person must look, the `reference`, and what to do when somebody has `understood` it or will `stop` it.
 * `refuse(error)` shows a refusal.
 */
export function outcomePlace(what, card, tools) {
  const place = element('div', { className: 'outcome', tabIndex: -1 });
  function show(status, sum, { reason, reference, understood, stop } = {}) {
    const values = { amount: sum, card };
    const known = word(`cards.${what}.${status}`) ? status : 'unknown';
    const title = word(`cards.${what}.${known}`, values);
    const text = [
      word(`cards.${what}.${known}.text`, values),
      reason && word(`cards.hold.${reason}`),
      reference && word('cards.byReference', { reference }),
    ];
    const actions = [];
    if (reference) actions.push(action(word('cards.seeCharge'), { href: tools.hrefOf('card-payment', { reference }) }));
    if (understood) actions.push(action(word('goToAttention'), { href: tools.href('attention') }));
    if (understood) actions.push(action(word('cards.understood'), { onClick: understood }));
    if (stop) actions.push(action(word('cards.stop'), { onClick: stop }));
    replace({ title, text: text.filter(Boolean).join(' '), tone: tones[known] ?? '', actions });
  }

  /** Shows a refusal, which the same request would meet again. */
  const refuse = (error) => replace({ title: word(`cards.${what}.refused`), text: tools.problem(error), tone: 'warn' });

  function replace(content) {
    const hadFocus = place.contains(document.activeElement);
    place.replaceChildren(tools.notice(content));
    // The focused element may be gone: a form that was sent, a button of the last notice.
    if (hadFocus || document.activeElement === document.body) place.focus({ preventScroll: true });
    tools.announce(content.title);
  }

  return { place, show, refuse, clear: () => place.replaceChildren() };
}
