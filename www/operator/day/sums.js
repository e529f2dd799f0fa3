// What came in and what was given back, as two large figures.

export function sums({ paid, refunded }, { word, money, counted, element }) {
  const sum = (key, { count, amount }, counts) =>
    element(
      'div',
      { className: 'figure' },
      element('dt', { textContent: word(key) }),
      element(
        'dd',
        {},
        element('span', { className: 'figure-sum money', textContent: money(amount) }),
        element('span', { className: 'soft', textContent: counted(counts, count) }),
      ),
    );
  const both = [sum('day.paid', paid, 'day.payments'), sum('day.refunded', refunded, 'day.refunds')];
  return element('dl', { className: 'figures' }, ...both);
}
