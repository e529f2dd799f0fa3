// What is done with a paid order: it is prepared, handed over, or one of these is undone.
import { handOver } from './hand-over.js';
import { record } from './record.js';

/**
 * Returns the buttons that an order in `status` has. `known` is what was handed over; `onDone(detail)` is called with the answer.
 */
export function fulfilmentButtons({ reference, status, known, onDone }, tools) {
  const { action, confirm, problem, showNotice, word } = tools;
  const named = (button, key, id) => {
    button.id = `${id}-${reference}`;
    button.setAttribute('aria-label', word(`fulfilment.${key}Named`, { reference }));
    return button;
  };
  const send = async (body, said) => {
    try {
      const detail = await record(reference, body, tools);
      showNotice({ text: word(said, { reference }), tone: 'good' });
      onDone(detail);
    } catch (error) {
      if (!tools.signal.aborted) showNotice({ text: problem(error), tone: 'warn' });
    }
  };
  const prepare = () =>
    named(action(word('fulfilment.prepare'), { onClick: () => send({ status: 'prepared' }, 'fulfilment.preparedSaid') }), 'prepare', 'prepare');
  const open = (key) =>
    named(action(word(`fulfilment.${key}`), { onClick: () => handOver({ reference, known, onDone }, tools) }), key, 'hand-over');
  const undo = () =>
    named(
      action(word('fulfilment.undo'), {
        onClick: async () => {
          const question = { title: word('fulfilment.undoAsk'), text: word('fulfilment.undoText'), yes: word('fulfilment.undoYes') };
          if (status === 'handed-over' && !(await confirm(question))) return;
          await send({ status: 'undone' }, 'fulfilment.undoneSaid');
        },
      }),
      'undo',
      'undo',
    );
  if (status === 'handed-over') return [open('correct'), undo()];
  return status === 'prepared' ? [open('handOver'), undo()] : [prepare(), open('handOver')];
}
