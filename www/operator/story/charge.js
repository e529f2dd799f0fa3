// A charge at a terminal or of a saved card, with its refund: from the index, and from Compago now.
import { networkName } from '/staff/networks.js';
import { throwIfAborted } from '../api.js';
import { nameOf } from '../cards/name.js';
import { chargeName, kindOf } from '../charges.js';
import { deliveriesSection } from '../deliveries.js';
import { need } from '../needs.js';
import { replacePreservingFocus } from '../replace-preserving-focus.js';
import { externalIdFact } from './external-id.js';

/** The index lists a charge with a short delay: how long it is polled for. */
const LATER_MS = [1000, 2000];

/** Shows the charge or the refund with this reference. */
export async function showCharge(main, reference, tools) {
  const found = await find(`operator/charges/${encodeURIComponent(reference)}`, tools);
  const { charge, refund } = found;
  tools.title(titleOf(charge ?? refund, tools));
  main.replaceChildren(...partsOf(found, {}, tools));
  complete().catch(() => {});

  /** Adds Compago's answer, which takes longer and may be missing. */
  async function complete() {
    const [live, card] = await Promise.all([liveOf(charge, tools), cardOf(charge ?? refund, tools)]);
    if (live || card) replacePreservingFocus(main, partsOf(found, { live, card }, tools));
  }
}

async function find(path, { api, signal, wait }) {
  for (const ms of LATER_MS) {
    const found = await api.get(path).catch((error) => {
      if (error.status !== 404) throw error;
    });
    if (found) return found;
    await wait(ms);
    throwIfAborted(signal);
  }
  return api.get(path);
}

function partsOf({ charge, refund, deliveries }, { live, card }, tools) {
  return [
    ...[charge, refund].filter(Boolean).flatMap((one) => notes(one, one === charge ? live : undefined, tools)),
    ...(charge ? [chargeFacts(charge, { live, card }, tools)] : []),
    ...(refund ? [refundSection(refund, { card, isAlone: !charge }, tools)] : []),
    deliveriesSection(deliveries, tools),
  ];
}

const titleOf = (charge, { word }) =>
  charge.type === 'charge' && charge.channel === 'terminal' ? word('story.ofIntent') : chargeName(charge, word);

/** Reads the charge at a terminal. */
function liveOf(charge, { api }) {
  if (charge?.channel !== 'terminal' || !charge.paymentId) return undefined;
  return api.tryGet(`pos/payment-intents/${encodeURIComponent(charge.paymentId)}`);
}

/** Reads the saved card, for its name. */
function cardOf({ paymentMethod }, { api }) {
  return paymentMethod ? api.tryGet(`operator/payment-methods/${encodeURIComponent(paymentMethod)}`) : undefined;
}

/** Describes why a person has to look, or had to. */
function notes(charge, live, { moment, notice, word }) {
  const kind = kindOf(charge);
  if (charge.onHold) {
    const { what, advice } = need({ kind, reason: charge.onHold });
    if (!charge.doneAt) return [notice({ title: what, text: advice, tone: 'bad' })];
    return [notice({ title: what, text: word('story.doneAt', { time: moment(charge.doneAt) }) })];
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
    [word('reference'), code(charge.reference)],
    [word('story.card'), cardLink(charge, card, tools) ?? [networkName(network), digits && `•••• ${digits}`].filter(Boolean).join(' ')],
    [word('createdAt'), charge.createdAt && time(charge.createdAt)],
    [word('charges.settledAt'), paidAt && time(paidAt)],
    [word('expiresAt'), isOpen && time(live.expiresAt)],
    externalIdFact(charge, { code, word }),
    [word('story.chargeId'), charge.paymentId && code(charge.paymentId)],
  ]);
}

function refundSection(refund, { card, isAlone }, tools) {
  const { code, element, facts, money, state, time, word } = tools;
  const pairs = facts([
    [word('amount'), money(refund.amount, refund.currency)],
    [word('status'), state(refund.status)],
    [word('reference'), code(refund.reference)],
    [word('story.card'), isAlone && cardLink(refund, card, tools)],
    [word('charges.requestedAt'), time(refund.createdAt)],
    [word('story.chargeId'), isAlone && code(refund.paymentId)],
  ]);
  const title = element('h2', { id: 'refund-title', textContent: word('charges.ofRefund') });
  return element('section', { attributes: { 'aria-labelledby': title.id } }, title, pairs);
}

function cardLink({ paymentMethod }, card, { element, hrefOf, word }) {
  if (!paymentMethod) return undefined;
  const name = (card && nameOf(card)) ?? word('cards.card');
  return element('a', { href: hrefOf('card', { paymentMethod }), textContent: name });
}
