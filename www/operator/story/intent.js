// A charge at a terminal, as the till sees it.
import { need } from '../needs.js';

export function showIntent(main, charge, { code, facts, money, notice, state, time, title, word }) {
  title(word('story.ofIntent'));
  const { advice } = need({ kind: 'payment-intent' });
  const { network, lastFourDigits: digits } = charge.card ?? {};
  const told = facts([
    [word('amount'), money(charge.amount, charge.currency)],
    [word('status'), state(charge.status)],
    [word('terminal'), charge.terminalCode],
    [word('reference'), charge.reference],
    [word('story.card'), [network, digits && `•••• ${digits}`].filter(Boolean).join(' ')],
    [word('paidAt'), charge.paidAt && time(charge.paidAt)],
    [word('expiresAt'), charge.expiresAt && time(charge.expiresAt)],
    [word('externalId'), charge.externalId && code(charge.externalId)],
    [word('story.intentId'), code(charge.intent)],
  ]);
  const isUnknown = charge.status === 'unknown';
  main.replaceChildren(...(isUnknown ? [notice({ text: advice, tone: 'warn' })] : []), told);
}
