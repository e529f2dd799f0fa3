// What an element's order contains, how it is shipped and what it costs.
import { feeOf, offeredMethods } from './shipping.js';

export class Quote {
  #host;
  /** The shipping method; undefined without shipping. */
  method;
  /** An amount that the Worker computed, and the order that it is for. */
  #corrected;

  constructor(host) {
    this.#host = host;
  }

  /** Takes the method with this code, or else the first one that is offered, and returns all that are. */
  choose(code) {
    const methods = offeredMethods(this.#host.catalog, this.#host.shipping);
    this.method = methods.find(({ method }) => method === code) ?? methods[0];
    return methods;
  }

  items() {
    return this.#host.priced().map(({ item: { sku }, quantity }) => ({ sku, quantity }));
  }

  /** Returns the order, to be compared with what it is later: where it is placed, what is bought, and its total by the catalog. */
  order() {
    return JSON.stringify([this.#host.worker, this.items(), this.method?.method, this.#computed()]);
  }

  /** Returns the total in centavos: by the catalog, unless the Worker computed another one for this order. */
  total() {
    return this.#corrected?.order === this.order() ? this.#corrected.amount : this.#computed();
  }

  /** Whether the Worker computed another total than the catalog gives. */
  get isCorrected() {
    return this.total() !== this.#computed();
  }

  /** Takes the amount in centavos that the Worker computed for an order. */
  correct(order, amount) {
    this.#corrected = { order, amount };
  }

  totalText() {
    return this.#host.money(this.total() / 100);
  }

  #computed() {
    const subtotal = this.#host.subtotal();
    return subtotal + (this.method ? feeOf(this.method, subtotal) : 0);
  }
}
