// Custom elements for pages without JavaScript. Nothing is registered before `define()` is called.
import { styleFrom, workerAt } from './elements/element.js';
import { CompagoOrder } from './elements/order.js';
import { CompagoPay } from './elements/pay.js';

export { CompagoOrder, CompagoPay };

/**
 * Registers both elements, once. Does nothing where there are no custom elements, such as on a server. `stylesheet` is the URL of
 * `elements.css`; `worker` is the address of the Worker for elements without that attribute.
 */
export function define(registry = globalThis.customElements, { stylesheet, worker } = {}) {
  if (stylesheet) styleFrom(stylesheet);
  if (worker) workerAt(worker);
  if (!registry?.get('compago-pay')) registry?.define('compago-pay', CompagoPay);
  if (!registry?.get('compago-order')) registry?.define('compago-order', CompagoOrder);
}
