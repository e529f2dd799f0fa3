// What the elements that sell have in common: the catalog, the amounts by it, and the dialog that leads to the checkout.
import { statusOf } from '../earlier-order.js';
import { loadCatalog } from './catalog.js';
import { Checkout } from './checkout.js';
import { CompagoElement, make, setAttribute } from './element.js';
import { centavos, isSoldOut } from './price.js';
import { say } from './say.js';
import { checkShipping } from './shipping.js';
import { keyWithoutPrice } from './trouble.js';

/**
 * A subclass has the getters `lines`, `[{ sku, quantity }]`, and `place`, where its purchase is kept in the tab's storage, and the method
 * `draw()`, which calls `fill()` once the catalog is loaded and whenever an attribute changed. Its button that calls `openCheckout()` has
 * the part `open`: the focus goes back there.
 */
export class SellingElement extends CompagoElement {
  static observedAttributes = ['worker', 'language', 'return-url', 'shipping'];

  /** The Worker's catalog once it is loaded. */
  catalog;
  #catalogOf;
  #turn = 0;
  #checkout = new Checkout(this);
  #back = ({ persisted }) => persisted && this.#checkout.onShownAgain();

  /** The page to which the payer returns; by default this one. */
  get returnUrl() {
    return this.getAttribute('return-url') ?? '';
  }
  set returnUrl(value) {
    setAttribute(this, 'return-url', value);
  }

  /** The code of the only shipping method, or `none`; by default the payer chooses one of the catalog. */
  get shipping() {
    return this.getAttribute('shipping') ?? '';
  }
  set shipping(value) {
    setAttribute(this, 'shipping', value);
  }

  connectedCallback() {
    super.connectedCallback();
    // Screen readers read what changes in a region that is there already.
    this.#status();
    addEventListener('pageshow', this.#back);
  }

  disconnectedCallback() {
    removeEventListener('pageshow', this.#back);
    this.#checkout.close();
  }

  /** Loads the catalog, unless it is loaded, and draws the element. */
  async start() {
    const turn = (this.#turn += 1);
    const { worker, language } = this;
    const isCurrent = () => turn === this.#turn && this.isConnected;
    try {
      const catalog = this.#catalogOf === worker ? this.catalog : await loadCatalog(worker, language);
      // It may have been removed or changed while the call was pending.
      if (!isCurrent()) return;
      [this.catalog, this.#catalogOf] = [catalog, worker];
      checkShipping(catalog, this.shipping);
    } catch (error) {
      if (isCurrent()) this.refuse(error);
      return;
    }
    this.draw();
    this.#checkout.update();
  }

  /** Draws the element by what the catalog says now, if it can be loaded. */
  async reload() {
    const { worker, language } = this;
    const catalog = await loadCatalog(worker, language).catch(() => undefined);
    if (!catalog || this.#catalogOf !== worker) return;
    this.catalog = catalog;
    await this.start();
  }

  /** Returns the lines that can be bought, `[{ item, quantity }]`, with the items of the catalog. */
  priced() {
    const items = new Map(this.catalog?.items.map((item) => [item.sku, item]));
    const lines = this.lines.map(({ sku, quantity }) => ({ item: items.get(sku), quantity }));
    return lines.filter(({ item }) => item && !isSoldOut(item));
  }

  /** Returns the sum of these lines in centavos, without shipping. */
  subtotal() {
    return this.priced().reduce((sum, { item, quantity }) => sum + centavos(item.unitAmount) * quantity, 0);
  }

  /** Returns the name of an item or a shipping method in the language of the element. */
  nameOf({ name }) {
    return name[this.language] ?? name['es-MX'];
  }

  /** The order that was created last for what this element sells, by whichever tab; undefined if there is none. */
  get latestOrder() {
    return undefined;
  }

  openCheckout() {
    this.announce('');
    this.#checkout.open();
  }

  /** Called with each new order and the lines, `[{ sku, quantity }]`, that it is for. */
  onOrderCreated() {}

  /** Called with an order of this element that turned out to be paid, or not to exist. */
  onOrderEnded() {}

  /** Asks whether the latest order has ended where no element followed it, such as on the Worker's own page. */
  async settleLatest() {
    const { latestOrder, worker } = this;
    if (!latestOrder) return;
    const { status } = await statusOf(latestOrder, { origin: worker }).catch(() => ({}));
    if (this.worker === worker && ['paid', 'unknown'].includes(status)) this.onOrderEnded(latestOrder, { isPaid: status === 'paid' });
  }

  /** Says in words what keeps the element from selling, and emits `compago-error`. */
  refuse(error) {
    const onclick = () => this.start();
    const again = error.temporary ? [make('button', { part: 'button', type: 'button', onclick }, this.word('tryAgain'))] : [];
    const text = make('p', { part: 'trouble', role: 'alert' }, this.word(keyWithoutPrice(error)));
    this.fill(make('div', { part: 'box', lang: this.language }, text, ...again));
    this.#checkout.close();
    this.emit('error', error);
  }

  /** Shows a text below the element, which screen readers read aloud, also if it is the same again. */
  announce(text) {
    const status = this.#status();
    status.lang = this.language;
    say(status, text);
  }

  #status() {
    const status = this.part('status') ?? make('p', { part: 'status', role: 'status', 'data-kept': true });
    if (!status.isConnected) this.shadowRoot.append(status);
    return status;
  }
}
