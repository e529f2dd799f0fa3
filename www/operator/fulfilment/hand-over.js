// The dialog that records a hand-over, which the customer sees on the page of the order.
import { action, closeDialog, element, openDialog } from '/lib/dom.js';
import { fieldsOf } from '/lib/fields.js';
import { word } from '/lib/words.js';
import { field, summaryPlace } from '../fields/field.js';
import { withoutEmpty } from '../fields/send.js';
import { record } from './record.js';

const names = ['carrier', 'trackingNumber', 'note'];
const hints = { carrier: 'fulfilment.carrierHint', note: 'fulfilment.noteHint' };

/** Opens the dialog for an order, with what is `known` of its hand-over. `onDone(detail)` is called once it is recorded. */
export function handOver({ reference, known = {}, onDone }, tools) {
  const isChange = known.status === 'handed-over';
  const title = element('h2', { id: 'hand-over-title', textContent: word('fulfilment.handOverTitle', { reference }) });
  const summary = summaryPlace('hand-over-summary');
  const inputs = names.map((name) =>
    field(
      { id: name, pointer: `/${name}`, label: `fulfilment.${name}Field`, hint: hints[name] },
      element('input', { value: known[name] ?? '' }),
    ),
  );
  const yes = element('button', { className: 'button primary', type: 'submit' });
  const close = action(word('export.cancel'), { onClick: () => closeDialog(dialog) });
  const form = element(
    'form',
    { noValidate: true },
    element('p', { className: 'soft', textContent: word(isChange ? 'fulfilment.correctText' : 'fulfilment.handOverText') }),
    summary,
    ...inputs,
    element('div', { className: 'doing' }, yes, close),
  );
  const dialog = element('dialog', { className: 'sheet', attributes: { 'aria-labelledby': title.id } }, title, form);
  const fields = fieldsOf(form, summary);
  const stop = () => closeDialog(dialog);
  let isSending = false;

  // Without a carrier and a tracking number it was handed to the customer.
  const draw = () => {
    const { carrier, trackingNumber } = form.elements;
    const isSent = [carrier, trackingNumber].some(({ value }) => value.trim() !== '');
    const key = isChange ? 'correctYes' : isSent ? 'toCarrierYes' : 'toCustomerYes';
    yes.textContent = word(`fulfilment.${key}`);
  };
  form.addEventListener('input', draw);
  draw();
  dialog.addEventListener('close', () => {
    tools.signal.removeEventListener('abort', stop);
    dialog.remove();
  });
  tools.signal.addEventListener('abort', stop);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (isSending) return;
    isSending = true;
    yes.setAttribute('aria-disabled', 'true');
    fields.clearProblems();
    try {
      const detail = await record(reference, { status: 'handed-over', ...withoutEmpty(fields.typed()) }, tools);
      closeDialog(dialog);
      tools.showNotice({ text: word('fulfilment.handedOverSaid', { reference }), tone: 'good' });
      onDone(detail);
    } catch (error) {
      if (tools.signal.aborted) return;
      if (error.errors?.length) fields.showProblems(error.errors);
      else fields.showTrouble(tools.problem(error));
    } finally {
      isSending = false;
      yes.setAttribute('aria-disabled', 'false');
    }
  });
  document.body.append(dialog);
  openDialog(dialog);
}
