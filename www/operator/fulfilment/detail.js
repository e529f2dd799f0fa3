// What of an order is needed to deliver it: what to pack, who bought it, and where it goes.
import { printSlip } from './slip.js';
import { states } from '../fields/states.js';
import { phoneLink, phoneText } from '../phone.js';
import { section } from '../section.js';
import { fulfilmentButtons } from './actions.js';
import { fulfilmentOf } from './state.js';

/**
 * Returns the sections of an order's detail. `delivery` is what was read of where it goes; `show(detail, delivery)` renders the order anew.
 */
export function fulfilmentParts({ detail, delivery, show }, tools) {
  const { items, metadata } = detail;
  return [
    ...(detail.order.status === 'paid' ? [progress(detail, show, tools)] : []),
    ...(items.length > 0 ? [section('fulfilment.items', packing(detail, tools))] : []),
    section('customer', customer(detail, tools)),
    ...(detail.order.status === 'paid' && detail.payerKnown ? [place(detail, delivery, show, tools)] : []),
    ...(Object.keys(metadata).length > 0 ? [metadataSection(detail, tools)] : []),
  ];
}

function progress(detail, show, tools) {
  const { code, element, facts, state, time, word } = tools;
  const { order, fulfilment } = detail;
  const status = fulfilmentOf(detail);
  const buttons = fulfilmentButtons({ reference: order.reference, status, known: fulfilment ?? undefined, onDone: show }, tools);
  const pairs = facts([
    [word('status'), status && state(status === 'pending' ? 'to-fulfil' : status, status === 'handed-over' ? 'good' : '')],
    [word('updatedAt'), fulfilment && time(fulfilment.at)],
    [word('fulfilment.carrier'), fulfilment?.carrier],
    [word('fulfilment.trackingNumber'), fulfilment?.trackingNumber && code(fulfilment.trackingNumber)],
    [word('fulfilment.note'), fulfilment?.note],
  ]);
  return section('fulfilment.section', pairs, element('div', { className: 'actions' }, ...buttons));
}

function packing({ items, order }, { code, money, number, soft, table, word }) {
  const columns = [
    { name: word('fulfilment.item'), kind: 'main', cell: ({ name }) => name, below: ({ sku }) => sku && soft(code(sku)) },
    { name: word('fulfilment.quantity'), kind: 'money', cell: ({ quantity }) => number(quantity) },
    { name: word('fulfilment.unitAmount'), kind: 'money', cell: ({ unitAmount }) => money(unitAmount, order.currency) },
    { name: word('amount'), kind: 'money', cell: ({ amount }) => money(amount, order.currency) },
  ];
  return table({ caption: word('fulfilment.items'), columns, rows: items });
}

function customer({ customer: known, history }, { element, facts, moment, notice, word }) {
  if (!known) {
    const at = history.find(({ what }) => what === 'personal-data-deleted')?.at;
    return notice({ text: at ? word('fulfilment.deletedAt', { time: moment(at) }) : word('fulfilment.deleted') });
  }
  return facts([
    [word('fulfilment.customerName'), known.name],
    [word('email'), element('a', { href: `mailto:${encodeURIComponent(known.email)}`, textContent: known.email })],
    [word('phone'), phoneLink(known.phoneNumber)],
  ]);
}

function place(detail, delivery, show, tools) {
  const { action, announce, api, element, facts, moment, problem, showNotice, word } = tools;
  const { order, items, metadata } = detail;
  const path = `operator/orders/${encodeURIComponent(order.reference)}`;
  const reveal = action(word('fulfilment.showDelivery'), {
    onClick: async () => {
      try {
        const known = await api.get(`${path}/delivery`);
        // The history has the read now. Where it cannot be read, what was asked for is shown all the same.
        show(await api.get(path).catch(() => detail), known);
        // The button that was pressed is gone.
        document.getElementById('fulfilment-delivery')?.focus();
        const { recipient: name } = known;
        announce(word('fulfilment.deliveryShown', { recipient: name }));
      } catch (error) {
        if (!tools.signal.aborted) showNotice({ text: problem(error), tone: 'warn' });
      }
    },
  });
  reveal.id = 'show-delivery';
  const { address, instructions, phoneNumber, recipient } = delivery ?? {};
  const pairs = facts([
    [word('fulfilment.shipping'), order.shipping?.name],
    [word('fulfilment.recipient'), recipient],
    [word('phone'), phoneNumber && phoneLink(phoneNumber)],
    [word('fulfilment.address'), address && lineOf(address)],
    [word('fulfilment.instructions'), instructions],
  ]);
  const { addressLine } = address ?? {};
  const lines = [
    recipient,
    addressLine,
    address && townOf(address),
    phoneNumber && word('fulfilment.slipPhone', { phone: phoneText(phoneNumber) }),
    instructions && word('fulfilment.slipInstructions', { instructions }),
  ];
  const about = [
    order.paidAt && word('fulfilment.slipPaid', { time: moment(order.paidAt) }),
    order.shipping && word('fulfilment.slipShipping', { shipping: order.shipping.name }),
    ...Object.entries(metadata).map(([key, value]) => `${key}: ${value}`),
  ];
  const slip = () => printSlip({ order, items, about, lines });
  const printer = element('div', { className: 'actions' }, action(word('fulfilment.slip'), { onClick: slip }));
  const hint = element('p', { className: 'hint', textContent: word('fulfilment.showDeliveryHint') });
  const parts = order.shipping || delivery ? [pairs] : [];
  // What has nothing to pack has no packing slip.
  const after = items.length > 0 ? [printer] : [];
  return section('fulfilment.delivery', ...parts, ...(delivery ? after : [reveal, hint]));
}

function metadataSection({ metadata, metadataSource }, tools) {
  const { element, facts, word } = tools;
  const source = word(metadataSource === 'browser' ? 'fulfilment.fromBrowser' : 'fulfilment.fromBackend');
  return section('fulfilment.metadata', facts(Object.entries(metadata)), element('p', { className: 'hint', textContent: source }));
}


const stateName = (code) => states.find(([known]) => known === code)?.[1] ?? code;

const lineOf = ({ addressLine, ...town }) => `${addressLine}, ${townOf(town)}`;

const townOf = ({ zip, city, state }) => `${zip} ${city}, ${stateName(state)}`;
