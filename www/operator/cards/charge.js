// Charges a saved card: confirmed once, sent once, and reported as charged, not charged, or unknown.
import { newKey } from '/pkg/keys.js';
import { isUncharged, sendUntilOver } from '/pkg/send-once.js';
import { element } from '/lib/dom.js';
import { fieldsOf } from '/lib/fields.js';
import { decimalOf, isAmount } from '../fields/amount.js';
import { dropDraft, keepDraft } from '../fields/draft.js';
import { field, localized, summaryPlace } from '../fields/field.js';
import { nameOf } from './name.js';
import { openCharges } from './open-charges.js';
import { outcomePlace } from './outcome.js';

const ended = ['confirmed', 'declined', 'refunded'];
/** A charge on hold is over as well, and kept until somebody confirms having read it. */
const isOver = ({ status }) => ended.includes(status) || status === 'on-hold';

/**
 * Returns the section that charges `card`, below `path` of the API: `place` is its element, `dismissOutcome()` removes the notice of a
 * charge that is over. `onEnd(payment)` is called when a charge is over, with its id at Compago.
 */
export function chargeSection({ card, path, onEnd }, tools) {
  const { word, money, signal } = tools;
  const draft = `charge-${card.id}`;
  const name = nameOf(card) ?? word('cards.card');
  const amount = element('input');
  const summary = summaryPlace('charge-summary');
  const button = element('button', { className: 'button primary large', type: 'submit' });
  const form = element(
    'form',
    { className: 'charge-form', noValidate: true },
    summary,
    element(
      'div',
      { className: 'fields pair' },
      field({ id: 'amount', pointer: '/amount', label: 'link.amount', kind: 'amount', prefix: '$' }, amount),
      field({ id: 'description', pointer: '/description', label: 'cards.description' }),
    ),
    button,
  );
  keepDraft(form, draft);
  const fields = fieldsOf(form, summary);
  fields.forgetCorrected();
  const outcome = outcomePlace('charge', name, tools);
  /** Whether the notice is of a charge that is over. */
  let isEnded = false;

  const decimal = () => decimalOf(amount.value);
  const draw = () => {
    const isKnown = isAmount(decimal());
    button.textContent = isKnown ? word('cards.chargeAmount', { amount: money(decimal()) }) : word('cards.charge');
  };

  /** Sends a charge, or repeats it, and shows its status until it is over. */
  async function run(request, unsure) {
    const sum = money(request.body.amount);
    let isWanted = true;
    let wake;
    const stop = () => {
      isWanted = false;
      wake?.();
    };
    openCharges.keep(card.id, request);
    isEnded = false;
    form.hidden = true;
    outcome.show('sending', sum);
    const results = sendUntilOver({
      send: () => tools.api.post(`${path}/payments`, request.body, { key: request.key }),
      isOver,
      isWanted: () => isWanted && !signal.aborted,
      unsure,
      wait: (ms) => Promise.race([tools.wait(ms), new Promise((resolve) => (wake = resolve))]),
    });
    for await (const { answer, error, open } of results) {
      if (signal.aborted) return undefined;
      // It was charged after all, or may have been: it cannot be abandoned any more.
      if (answer || !isUncharged(error)) isWanted = true;
      if (answer) showAnswer(answer);
      else if (!open) return refuse(error);
      else if (!isUncharged(error)) outcome.show('unsure', sum);
      else if (isWanted) outcome.show('later', sum, { stop });
    }
    return isWanted ? undefined : backToForm();
  }

  function showAnswer({ payment, status, amount: decimalText, currency, reason, reference }) {
    const isEnd = ended.includes(status);
    isEnded = isEnd;
    if (isEnd) openCharges.drop(card.id);
    if (isEnd && status !== 'declined') clear();
    form.hidden = !isEnd;
    const understood = status === 'on-hold' ? backToForm : undefined;
    outcome.show(status, money(decimalText, currency), { reason, reference, understood });
    if (isEnd) onEnd(payment);
  }

  /** The charge was refused, and the same request would be refused again. */
  function refuse(error) {
    backToForm();
    const text = error.code === 'card-busy' ? word('cards.busy') : tools.problem(error);
    if (error.errors?.length) fields.showProblems(error.errors);
    else fields.showTrouble(text, word('cards.notCharged'));
  }

  function backToForm() {
    openCharges.drop(card.id);
    outcome.clear();
    form.hidden = false;
    amount.focus();
  }

  function clear() {
    dropDraft(draft);
    form.reset();
    draw();
  }

  form.addEventListener('input', draw);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const { description } = fields.typed();
    const body = { amount: decimal(), ...(description.trim() && { description }) };
    if (!isAmount(body.amount)) return fields.showProblems([{ pointer: '/amount', detail: word('cards.amountMissing') }]);
    fields.clearProblems();
    outcome.clear();
    const sum = money(body.amount);
    const question = { title: word('cards.chargeAsk', { amount: sum, card: name }), text: word('cards.chargeText') };
    const yes = { yes: word('cards.chargeAmount', { amount: sum }), kind: 'primary' };
    if (await tools.confirm({ ...question, ...yes })) await run({ key: newKey(), body });
  });
  draw();

  const kept = openCharges.of(card.id);
  if (kept) run(kept, true);
  const place = element(
    'section',
    { className: 'panel', attributes: { 'aria-labelledby': 'charge-title' } },
    localized('h2', 'cards.charge', { id: 'charge-title' }),
    outcome.place,
    form,
  );
  return { place, dismissOutcome: () => isEnded && outcome.clear() };
}
