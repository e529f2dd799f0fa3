// How an order is shipped: the methods of the catalog, of which the payer chooses one or the element has one.
import { CompagoError } from '../status.js';
import { make } from './element.js';
import { centavos } from './price.js';

const methodsOf = ({ shippingMethods }) => shippingMethods ?? [];

/** Returns the methods that are offered in an element with that `shipping` attribute. */
export function offeredMethods(catalog, attribute) {
  if (attribute === 'none') return [];
  const methods = methodsOf(catalog);
  return attribute ? methods.filter(({ method }) => method === attribute) : methods;
}

/** Throws a `CompagoError` if nothing can be ordered with that `shipping` attribute. */
export function checkShipping(catalog, attribute) {
  if (attribute === 'none' && catalog.shippingRequired)
    throw new CompagoError({ code: 'shipping-required', detail: 'shipping="none": the catalog says that each order is shipped (shippingRequired).' }, 400);
  if (!attribute || attribute === 'none' || offeredMethods(catalog, attribute).length > 0) return;
  const known = methodsOf(catalog).map(({ method }) => method);
  throw new CompagoError({ code: 'unknown-shipping', detail: `shipping="${attribute}": the catalog has ${known.join(', ') || 'no shipping methods'}.` }, 400);
}

/** Returns the fee in centavos of a method for an order of that subtotal. */
export const feeOf = ({ amount, freeFrom }, subtotal) => (freeFrom !== undefined && subtotal >= centavos(freeFrom) ? 0 : centavos(amount));

/** Returns the fee in words. */
export function feeText(method, host) {
  const fee = feeOf(method, host.subtotal());
  return fee === 0 ? host.word('free') : host.money(fee / 100);
}

/** Returns the choice between methods, or nothing if there is none. `onChoose(method)` is called after the payer chose another one. */
export function choiceOf(methods, chosen, host, onChoose) {
  if (methods.length < 2) return [];
  const rows = methods.map((method) => {
    const onchange = () => onChoose(method);
    const radio = make('input', { type: 'radio', name: 'method', id: `method-${method.method}`, value: method.method, checked: method === chosen, onchange });
    const texts = make('span', { part: 'method-name' }, host.nameOf(method), ...hintOf(method, host));
    return make('label', { part: 'method' }, radio, texts, make('span', { part: 'fee' }, feeText(method, host)));
  });
  return [make('fieldset', { part: 'shipping' }, make('legend', { part: 'legend' }, host.word('delivery')), ...rows)];
}

function hintOf(method, host) {
  const isFree = feeOf(method, host.subtotal()) === 0;
  const freeFrom = method.freeFrom && !isFree ? host.word('freeFrom', { amount: host.money(method.freeFrom) }) : '';
  const text = method.pickup ? host.word('pickup', { address: host.catalog.shop?.address ?? host.word('theShop') }) : freeFrom;
  return text ? [' ', make('small', { part: 'hint' }, text)] : [];
}
