// Custom elements for pages without JavaScript. Nothing is registered before `define()` is called.
import { CompagoCart } from './elements/cart.js';
import { styleFrom, workerAt } from './elements/element.js';
import { CompagoOrder } from './elements/order.js';
import { CompagoPay } from './elements/pay.js';

export { CompagoCart, CompagoOrder, CompagoPay };

/**
 * Registers the elements, once. Does nothing where there are no custom elements, such as on a server. `stylesheet` is the URL of
 * `elements.css`; `worker` is the address of the Worker for elements without that attribute.
 */
export function define(registry = globalThis.customElements, { stylesheet, worker } = {}) {
  if (stylesheet) styleFrom(stylesheet);
  if (worker) workerAt(worker);
  const elements = { 'compago-pay': CompagoPay, 'compago-cart': CompagoCart, 'compago-order': CompagoOrder };
  for (const [name, element] of Object.entries(elements)) if (!registry?.get(name)) registry?.define(name, element);
}
