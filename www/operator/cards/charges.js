// A card's charges, as Compago lists them, and refunds of confirmed ones.
import { newKey } from '/pkg/keys.js';
import { sendUntilOver } from '/pkg/send-once.js';
import { action, element } from '/lib/dom.js';
import { field, localized } from '../fields/field.js';
import { nameOf } from './name.js';
import { outcomePlace } from './outcome.js';

const statuses = ['confirmed', 'refunded', 'declined', 'pending'];
const mostLooks = 5;
const isOver = ({ status }) => status !== 'pending';

/**
 * Returns the section of `list`, a page of the charges of `card`: `place` is its element, `load(payment)` reads them again. `onRefund()` is
 * called before a refund.
 */
export function chargesSection({ card, path, list, query, onRefund }, tools) {
  const { word, money, signal } = tools;
  const name = nameOf(card) ?? word('cards.card');
  const rows = element('div', { className: 'rows' });
  const outcome = outcomePlace('refund', name, tools);
  let busy = false;
  /** The number of the latest read of the list. */
  let reading = 0;

  function draw(page) {
    const hadFocus = rows.contains(document.activeElement);
    const options = [['', word('cards.allCharges')], ...statuses.map((status) => [status, word(`cards.charges.${status}`)])];
    const filter = tools.tabs({ name: 'status', label: word('cards.chargesFilter'), options });
    const none = tools.empty({ title: word(query.get('status') ? 'cards.noCharges' : 'charges.none') });
    // A charge of another program has no detail view: its row shows all that is known.
    const href = ({ reference }) => tools.hrefOf('card-payment', { reference });
    const list = { caption: word('cards.charges'), columns, rows: page.items, href };
    rows.replaceChildren(filter, ...(page.items.length ? [tools.table(list), tools.pager(page)] : [none]));
    if (hadFocus) outcome.place.focus({ preventScroll: true });
  }

  const columns = [
    { name: word('cards.amount'), kind: 'main', cell: ({ amount, currency }) => money(amount, currency) },
    { name: word('concept'), cell: ({ description }) => description },
    { name: word('cards.state'), cell: ({ status }) => tools.state(status) },
    { name: word('cards.createdAt'), cell: ({ createdAt }) => tools.time(createdAt) },
    { name: word('link.reference'), cell: ({ reference }) => reference && tools.code(reference) },
    { name: word('cards.refund'), kind: 'act', cell: refundButton },
  ];

  function refundButton(charge) {
    if (charge.status !== 'confirmed') return undefined;
    const sum = money(charge.amount, charge.currency);
    const onClick = async () => {
      // One refund at a time: the notice shows the progress of the other one.
      if (busy) return outcome.place.focus();
      busy = true;
      await refund(charge, sum);
      busy = false;
      return undefined;
    };
    const button = action(word('cards.refund'), { onClick });
    button.setAttribute('aria-label', word('cards.refundNamed', { amount: sum }));
    return button;
  }

  /** Asks for confirmation, then follows the refund until it is over. Compago refunds a charge once, whatever is sent. */
  async function refund({ id }, sum) {
    const more = field({ id: 'reason', pointer: '/reason', label: 'cards.reason' });
    const title = word('cards.refundAsk', { amount: sum });
    const text = word('cards.refundText', { card: name });
    if (!(await tools.confirm({ title, text, more, yes: word('cards.refundYes', { amount: sum }) }))) return undefined;
    const reason = more.querySelector('input').value.trim();
    const key = newKey();
    onRefund();
    outcome.show('sending', sum);
    // Above a long list it would be out of sight.
    outcome.place.focus();
    const results = sendUntilOver({
      send: () => tools.api.post(`${path}/payments/${encodeURIComponent(id)}/refund`, reason ? { reason } : {}, { key }),
      isOver,
      isWanted: () => !signal.aborted,
      wait: tools.wait,
    });
    for await (const { answer, error, open } of results) {
      if (signal.aborted) return undefined;
      if (answer) outcome.show(answer.status, sum, { understood: answer.status === 'on-hold' && outcome.clear });
      else if (open) outcome.show('unsure', sum);
      else outcome.refuse(error);
    }
    return load();
  }

  /** Reads the list again; Compago may list a new charge, `payment`, with a delay. */
  async function load(payment) {
    const params = { status: query.get('status'), page: query.get('page'), pageSize: 25 };
    const isFirst = !params.status && !params.page;
    for (let tries = 1; tries <= mostLooks && !signal.aborted; tries += 1) {
      const mine = ++reading;
      const page = await tools.api.get(`${path}/payments`, params).catch(() => undefined);
      // A later read is newer.
      if (page && !signal.aborted && mine === reading) draw(page);
      if (!payment || !isFirst || page?.items.some(({ id }) => id === payment)) return;
      await tools.wait(2000 * tries);
    }
  }

  draw(list);
  const place = element(
    'section',
    { attributes: { 'aria-labelledby': 'charges-title' } },
    localized('h2', 'cards.charges', { id: 'charges-title' }),
    outcome.place,
    rows,
  );
  return { place, load };
}
