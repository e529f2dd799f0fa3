// The payments and the refunds as two large figures. Refunds open into their rows; payments consist of channels, each of which does.
import { placeOfPeriod } from './rows.js';

export function sums({ paid, refunded, from, to }, { word, money, counted, element, href }) {
  const refunds = href('charges', { channel: 'refund', ...placeOfPeriod(from, to) });
  const sum = (key, { count, amount }, counts, leads) =>
    element(
      'div',
      { className: 'figure' },
      element('dt', { textContent: word(key) }),
      element(
        'dd',
        {},
        element('span', { className: 'figure-sum money', textContent: money(amount) }),
        leads && count > 0
          ? element('a', { id: `${key}-rows`, href: leads, textContent: counted(counts, count) })
          : element('span', { className: 'soft', textContent: counted(counts, count) }),
      ),
    );
  const both = [sum('day.paid', paid, 'day.payments'), sum('day.refunded', refunded, 'day.refunds', refunds)];
  return element('dl', { className: 'figures' }, ...both);
}
