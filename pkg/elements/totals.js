// What is bought and what it costs, as the dialog shows it.
import { make } from './element.js';
import { centavos } from './price.js';

/** Returns the lines that are ordered, each with its amount. */
export function linesOf(host) {
  return host.priced().map(({ item, quantity }) => {
    const name = quantity === 1 ? host.nameOf(item) : `${quantity} × ${host.nameOf(item)}`;
    const amount = host.money((centavos(item.unitAmount) * quantity) / 100);
    return make('li', { part: 'line' }, make('span', {}, name), ' ', make('span', {}, amount));
  });
}

/** Returns rows, `[name, amount]`, of which the last one is the total. */
export const totalsOf = (rows) =>
  rows.map(([name, amount], at) => make('div', { part: at === rows.length - 1 ? 'total' : 'subtotal' }, make('dt', {}, name), make('dd', {}, amount)));
