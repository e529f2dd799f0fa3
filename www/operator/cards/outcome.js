// Where it is told what became of a charge or a refund, in words that say no more than is known.
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
 * A place for the outcome of `what` (`charge` or `refund`) of the card called `card`. `tell(status, sum, more)` shows it:
 * `more` is the `reason` why a person must look, the `reference`, and what to do when somebody has `understood` it or will
 * `stop` it. `refuse(error)` shows why nothing came of it.
 */
export function outcomePlace(what, card, tools) {
  const place = element('div', { className: 'outcome', tabIndex: -1 });
  function tell(status, sum, { reason, reference, understood, stop } = {}) {
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
    show({ title, text: text.filter(Boolean).join(' '), tone: tones[known] ?? '', actions });
  }

  /** Says why nothing was done, and would not be by the same request. */
  const refuse = (error) => show({ title: word(`cards.${what}.refused`), text: tools.problem(error), tone: 'warn' });

  function show(told) {
    const hadFocus = place.contains(document.activeElement);
    place.replaceChildren(tools.notice(told));
    // What had the focus may be gone: a form that was sent, a button of the notice before.
    if (hadFocus || document.activeElement === document.body) place.focus({ preventScroll: true });
    tools.say(told.title);
  }

  return { place, tell, refuse, clear: () => place.replaceChildren() };
}
