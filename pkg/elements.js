// Custom elements for pages without JavaScript of their own. Nothing is registered until `define()` is called.
import { styleFrom } from './elements/element.js';
import { CompagoOrder } from './elements/order.js';
import { CompagoPay } from './elements/pay.js';

export { CompagoOrder, CompagoPay };

/**
 * Registers both elements, once; where there are no custom elements, such as on a server, it does nothing. `stylesheet` is where
 * `elements.css` is served.
 */
export function define(registry = globalThis.customElements, { stylesheet } = {}) {
  if (stylesheet) styleFrom(stylesheet);
  if (!registry?.get('compago-pay')) registry?.define('compago-pay', CompagoPay);
  if (!registry?.get('compago-order')) registry?.define('compago-order', CompagoOrder);
}
