// The form that starts saving a card: the payer's data, and how Compago's form is shown.
import { element } from '/lib/dom.js';
import { fieldsOf } from '/lib/fields.js';
import { decimalOf } from '../fields/amount.js';
import { dropDraft, keepDraft } from '../fields/draft.js';
import { duration } from '../fields/duration.js';
import { field, group, localized, summaryPlace } from '../fields/field.js';
import { payerFields } from '../fields/payer.js';
import { reasonOf, sendsOnce, withoutEmpty } from '../fields/send.js';
import { contacts } from '../share/contacts.js';
import { cardLinks } from './links.js';

const name = 'card';

/** Shows the form; resolves to a function that renders it in another language. */
export function showForm(main, tools) {
  const { word } = tools;
  const summary = summaryPlace();
  const modes = ['LINK', 'EMBEDDED'].map((value) => localized('option', `cards.displayMode.${value}`, { value }));
  const mode = element('select', {}, ...modes);
  const looks = [of('buttonText'), of('buttonColor', { kind: 'code' })];
  const units = ['minute', 'hour', 'day'];
  const ttl = duration({ label: 'link.ttl', hint: 'cards.ttlHint', units, chosen: [48, 'hour'] });
  const button = element('button', { className: 'button primary large', type: 'submit' });
  const form = element(
    'form',
    { className: 'form', noValidate: true },
    localized('p', 'cards.saveText', { className: 'soft' }),
    summary,
    payerFields('cards.holder'),
    group(
      'cards.how',
      of('purpose', { wide: true }),
      of('externalId', { kind: 'code' }),
      of('verificationAmount', { kind: 'amount', prefix: '$' }),
      field({ id: 'displayMode', pointer: '/displayMode', label: 'cards.displayMode', wide: true }, mode),
      ...looks,
      ttl.place,
      of('returnUrl', { kind: 'url', wide: true }),
    ),
    element('div', { className: 'pay' }, button, localized('p', 'cards.saveAfter', { className: 'hint' })),
  );
  keepDraft(form, name);
  tools.title(word('cards.save'));
  main.replaceChildren(form);
  const fields = fieldsOf(form, summary);
  fields.forgetCorrected();

  /** What the card is saved for: the message says so, and nothing else has it. */
  let purpose;
  const isEmbedded = () => mode.value === 'EMBEDDED';
  const drawLooks = () => {
    for (const look of looks) look.hidden = !isEmbedded();
  };
  mode.addEventListener('input', drawLooks);
  drawLooks();
  const draw = sendsOnce(
    {
      form,
      fields,
      button,
      name,
      path: 'operator/payment-methods',
      label: () => word('cards.make'),
      body: () => {
        const { purpose: said, ...typed } = fields.typed();
        purpose = said;
        return bodyOf(typed, ttl.minutes(), isEmbedded());
      },
      onMade: (made, { billingInformation }) => {
        dropDraft(name);
        cardLinks.keep(made);
        contacts.keep(made.id, billingInformation, purpose);
        tools.go(tools.href('cards', { id: made.id }));
      },
      onRefused: (error) => fields.showTrouble(reasonOf(error, tools), word('link.noLink')),
    },
    tools,
  );
  ttl.draw();

  return () => {
    tools.title(word('cards.save'));
    ttl.draw();
    draw();
    fields.redrawProblems(() => undefined);
  };
}

/** A field of the body, with its words. */
const of = (id, how) => field({ id, pointer: `/${id}`, label: `cards.${id}`, hint: `cards.${id}Hint`, ...how });

/** Returns the body of `POST /api/operator/payment-methods`. The button's looks are for an embedded form alone. */
function bodyOf({ billingInformation, buttonText, buttonColor, ...rest }, ttlMinutes, isEmbedded) {
  const verificationAmount = decimalOf(rest.verificationAmount);
  const looks = isEmbedded ? { buttonText, buttonColor } : {};
  return { billingInformation, ...withoutEmpty({ ...rest, ...looks, verificationAmount, ttlMinutes }) };
}
