// The form of a payment link. However often it is sent, it creates one order.
import { element } from '/lib/dom.js';
import { fieldsOf } from '/lib/fields.js';
import { decimalOf, isAmount } from '../fields/amount.js';
import { dropDraft, keepDraft } from '../fields/draft.js';
import { duration } from '../fields/duration.js';
import { field, group, localized, summaryPlace } from '../fields/field.js';
import { addressFields, payerFields } from '../fields/payer.js';
import { reasonOf, sendsOnce, withoutEmpty } from '../fields/send.js';
import { contacts } from '../share/contacts.js';

const name = 'link';

/** Shows the form; resolves to a function that renders it in another language. */
export function showForm(main, tools) {
  const { word, money } = tools;
  const summary = summaryPlace();
  const amount = element('input');
  const ttl = duration({ label: 'link.ttl', hint: 'link.ttlHint', units: ['minute', 'hour'], chosen: [48, 'hour'] });
  const button = element('button', { className: 'button primary large', type: 'submit' });
  const form = element(
    'form',
    { className: 'form', noValidate: true },
    summary,
    group(
      'link.what',
      field({ id: 'amount', pointer: '/amount', label: 'link.amount', kind: 'amount', prefix: '$' }, amount),
      of('externalId', { kind: 'code' }),
      of('description', { wide: true }),
    ),
    payerFields(),
    addressFields(),
    group('link.how', ttl.place, ...['homepageUrl', 'returnUrl'].map((id) => of(id, { kind: 'url', wide: true }))),
    element('div', { className: 'pay' }, button, localized('p', 'link.after', { className: 'hint' })),
  );
  keepDraft(form, name);
  main.replaceChildren(form);
  const fields = fieldsOf(form, summary);
  fields.forgetCorrected();

  const draw = sendsOnce(
    {
      form,
      fields,
      button,
      name,
      path: 'operator/orders',
      label: () => {
        const decimal = decimalOf(amount.value);
        return isAmount(decimal) ? word('link.makeAmount', { amount: money(decimal) }) : word('link.make');
      },
      body: () => bodyOf(fields.typed(), ttl.minutes()),
      onMade: ({ reference }, { billingInformation }) => {
        dropDraft(name);
        contacts.keep(reference, billingInformation);
        tools.go(tools.href('link', { reference }));
      },
      onRefused: (error) => showRefusal(error, fields, tools),
    },
    tools,
  );
  ttl.draw();

  return () => {
    tools.title(word('link.title'));
    ttl.draw();
    draw();
    fields.redrawProblems(() => undefined);
  };
}

/** A field of the body, with its words. */
const of = (id, how) => field({ id, pointer: `/${id}`, label: `link.${id}`, hint: `link.${id}Hint`, ...how });

/** Returns the body of `POST /api/operator/orders`, without optional fields that are empty, and without an amount if there is none. */
const bodyOf = ({ amount, billingInformation, description, ...optional }, ttlMinutes) => ({
  description,
  billingInformation,
  ...withoutEmpty({ amount: decimalOf(amount), ...optional, ttlMinutes }),
});

/** Shows why there is no link, at the field that causes it if one does. */
function showRefusal(error, fields, tools) {
  const { word, money, href, detailHref } = tools;
  const at = (pointer, detail) => fields.showProblems([{ pointer, code: error.code, detail }]);
  const see = (key, to) => element('li', {}, element('a', { href: to, textContent: word(key) }));
  const trouble = (text, title, ...more) => fields.showTrouble(text, word(title), ...more);
  const { minimum, reference } = error;
  switch (error.code) {
    case 'amount-below-minimum':
      return at('/amount', minimum ? word('link.amountBelow', { minimum: money(minimum) }) : error.message);
    case 'external-id-taken':
      return at('/externalId', word('link.externalIdTaken'));
    case 'payment-on-hold':
      return trouble(word('link.onHold'), 'link.onHoldTitle', see('link.seeOrder', detailHref({ reference })));
    case 'order-paid':
    case 'order-closed':
      return trouble(word('link.madeBefore'), 'link.noLink', see('link.seeOrders', href('orders')));
    default:
      return trouble(reasonOf(error, tools), 'link.noLink');
  }
}
