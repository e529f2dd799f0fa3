// A charge at a terminal or of a saved card, with its refund: what the index knows of it, and what it says itself.
import { nameOf } from '../cards/name.js';
import { chargeName, kindOf } from '../charges.js';
import { deliveriesSection } from '../deliveries.js';
import { need } from '../needs.js';

/** Shows what has this reference: a charge, or the refund of one. */
export async function showCharge(main, reference, tools) {
  const { charge, refund, deliveries } = await tools.api.get(`operator/charges/${encodeURIComponent(reference)}`);
  const [live, card] = await Promise.all([liveOf(charge, tools), cardOf(charge ?? refund, tools)]);
  tools.title(titleOf(charge ?? refund, tools));
  main.replaceChildren(
    ...[charge, refund].filter(Boolean).flatMap((one) => notes(one, one === charge ? live : undefined, tools)),
    ...(charge ? [chargeFacts(charge, { live, card }, tools)] : []),
    ...(refund ? [refundSection(refund, { card, isAlone: !charge }, tools)] : []),
    deliveriesSection(deliveries, tools),
  );
}

/** Shows the charge that has this id at Compago, as the till sees it. */
export async function showIntent(main, intent, tools) {
  const live = await tools.api.get(`pos/payment-intents/${encodeURIComponent(intent)}`);
  const { amount, currency, externalId, terminalCode, status } = live;
  const charge = { channel: 'terminal', type: 'charge', amount, currency, externalId, terminalCode, status, paymentId: intent };
  tools.title(titleOf(charge, tools));
  main.replaceChildren(...notes(charge, live, tools), chargeFacts(charge, { live }, tools));
}

const titleOf = (charge, { word }) =>
  charge.type === 'charge' && charge.channel === 'terminal' ? word('story.ofIntent') : chargeName(charge, word);

/** The charge at a terminal as it stands now; undefined if that cannot be had: what the index knows is shown all the same. */
function liveOf(charge, { api }) {
  if (charge?.channel !== 'terminal' || !charge.paymentId) return undefined;
  return api.get(`pos/payment-intents/${encodeURIComponent(charge.paymentId)}`).catch(() => undefined);
}

/** The saved card, to be called by its name. */
function cardOf({ paymentMethod }, { api }) {
  return paymentMethod ? api.get(`operator/payment-methods/${encodeURIComponent(paymentMethod)}`).catch(() => undefined) : undefined;
}

/** Why a person has to look. */
function notes(charge, live, { notice }) {
  const kind = kindOf(charge);
  if (charge.onHold) {
    const { what, advice } = need({ kind, reason: charge.onHold });
    return [notice({ title: what, text: advice, tone: 'bad' })];
  }
  const isUnknown = (live ?? charge).status === 'unknown';
  return isUnknown ? [notice({ text: need({ kind }).advice, tone: 'warn' })] : [];
}

function chargeFacts(charge, { live, card }, tools) {
  const { code, facts, money, state, time, word } = tools;
  const { network, lastFourDigits: digits } = live?.card ?? {};
  const paidAt = charge.settledAt ?? live?.paidAt;
  const isOpen = live?.status === 'waiting';
  return facts([
    [word('amount'), money(charge.amount, charge.currency)],
    [word('status'), state(live?.status ?? charge.status)],
    [word('concept'), charge.description],
    [word('terminal'), charge.terminalCode],
    [word('story.sale'), live?.reference],
    [word('reference'), charge.reference && code(charge.reference)],
    [word('story.card'), cardLink(charge, card, tools) ?? [network, digits && `•••• ${digits}`].filter(Boolean).join(' ')],
    [word('createdAt'), charge.createdAt && time(charge.createdAt)],
    [word('charges.settledAt'), paidAt && time(paidAt)],
    [word('expiresAt'), isOpen && time(live.expiresAt)],
    [word('externalId'), charge.externalId && code(charge.externalId)],
    [word('story.chargeId'), charge.paymentId && code(charge.paymentId)],
  ]);
}

function refundSection(refund, { card, isAlone }, tools) {
  const { code, element, facts, money, state, time, word } = tools;
  const told = facts([
    [word('amount'), money(refund.amount, refund.currency)],
    [word('status'), state(refund.status)],
    [word('reference'), code(refund.reference)],
    [word('story.card'), isAlone && cardLink(refund, card, tools)],
    [word('createdAt'), time(refund.createdAt)],
    [word('state.refunded'), refund.settledAt && time(refund.settledAt)],
    [word('story.chargeId'), isAlone && code(refund.paymentId)],
  ]);
  const title = element('h2', { id: 'refund-title', textContent: word('charges.ofRefund') });
  return element('section', { attributes: { 'aria-labelledby': title.id } }, title, told);
}

function cardLink({ paymentMethod }, card, { element, hrefOf, word }) {
  if (!paymentMethod) return undefined;
  const name = (card && nameOf(card)) ?? word('cards.card');
  return element('a', { href: hrefOf('card', { paymentMethod }), textContent: name });
}
