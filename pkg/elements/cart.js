// <compago-cart>: shows the cart of the page's buyer and sells what is in it.
import { MOST, add, clear, keepOrder, orderOf, read, setQuantity, settle, subscribe } from './cart-store.js';
import { make } from './element.js';
import { centavos, isSoldOut } from './price.js';
import { say } from './say.js';
import { SellingElement } from './selling.js';

export class CompagoCart extends SellingElement {
  /** The rows that are shown, by sku. */
  #rows = new Map();
  /** What the last event said. */
  #said;
  #unsubscribe;
  #settled;
  /** The order may have been paid in another tab, or before the browser brought the page back. */
  #shown = ({ persisted }) => persisted !== false && !document.hidden && this.settleLatest();

  /** What is in the cart, also what is not for sale any more: `[{ sku, quantity }]`. */
  get items() {
    return read(this.worker).map(({ sku, quantity }) => ({ sku, quantity }));
  }

  get lines() {
    return this.items;
  }

  get place() {
    return `compago-cart-order ${this.worker}`;
  }

  /** Adds to the quantity of an item. Returns whether all of it fits: 99 of an item and 50 items do. */
  add(sku, quantity = 1) {
    return add(this.worker, sku, quantity, this.#nameOf(sku));
  }

  clear() {
    clear(this.worker);
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener('pageshow', this.#shown);
    document.addEventListener('visibilitychange', this.#shown);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener('pageshow', this.#shown);
    document.removeEventListener('visibilitychange', this.#shown);
    this.#unsubscribe?.();
  }

  async start() {
    const { worker } = this;
    this.#unsubscribe?.();
    this.#unsubscribe = subscribe(worker, () => this.start());
    this.#tell();
    if (this.#settled !== worker) this.settleLatest();
    this.#settled = worker;
    await super.start();
  }

  get latestOrder() {
    return orderOf(this.worker);
  }

  onOrderCreated({ order }, lines) {
    keepOrder(this.worker, order, lines);
  }

  onOrderEnded(order, { isPaid }) {
    settle(this.worker, order, { paid: isPaid });
  }

  /** Dispatches `compago-cart` if the cart differs from what the last one said. */
  #tell() {
    const { items } = this;
    const said = JSON.stringify([this.worker, items]);
    if (said === this.#said) return;
    this.#said = said;
    this.emit('cart', { items });
  }

  #itemOf(sku) {
    return this.catalog?.items.find((item) => item.sku === sku);
  }

  /** Returns the name in the catalog, or undefined. */
  #nameOf(sku) {
    const item = this.#itemOf(sku);
    return item && this.nameOf(item);
  }

  draw() {
    const lines = read(this.worker);
    this.#build();
    this.part('cart').lang = this.language;
    this.part('title').textContent = this.word('cart');
    this.part('empty').textContent = this.word('cartEmpty');
    this.part('empty').hidden = lines.length > 0;
    this.#drawRows(lines);
    const { label, amount } = this.#sum();
    this.part('sum').hidden = !amount;
    this.part('sum-label').textContent = label;
    this.part('sum-amount').textContent = amount;
    this.part('open').hidden = !amount;
    this.part('open').textContent = this.word('checkOut');
  }

  /** Returns the sum in words, undefined if there is nothing to buy: the subtotal if the payer has yet to choose how the order is shipped. */
  #sum() {
    const hasFee = this.shipping !== 'none' && Boolean(this.catalog.shippingMethods?.length);
    const amount = this.priced().length > 0 ? this.money(this.subtotal() / 100) : undefined;
    return { label: this.word(hasFee ? 'subtotal' : 'amount'), amount };
  }

  #build() {
    if (this.part('cart')) return;
    this.#rows.clear();
    this.fill(
      make(
        'div',
        { part: 'box cart' },
        make('h2', { part: 'title', tabindex: '-1' }),
        make('p', { part: 'empty' }),
        make('ul', { part: 'lines', role: 'list' }),
        make('p', { part: 'sum' }, make('span', { part: 'sum-label' }), ' ', make('span', { part: 'sum-amount' })),
        make('button', { part: 'button open', type: 'button', onclick: () => this.openCheckout() }),
        make('p', { part: 'changes', role: 'status' }),
      ),
    );
  }

  /** Changes the rows in place, so that a button that is pressed again and again keeps the focus. */
  #drawRows(lines) {
    const list = this.part('lines');
    const focused = this.shadowRoot.activeElement;
    const isInside = list.contains(focused);
    const rows = lines.map((line) => {
      const row = this.#rows.get(line.sku) ?? newRow((change) => this.#change(line.sku, change));
      this.#rows.set(line.sku, row);
      this.#drawRow(row, line);
      return row;
    });
    for (const [sku, row] of this.#rows) if (!rows.includes(row)) this.#rows.delete(sku);
    if (rows.length === list.children.length && rows.every((row, at) => row === list.children[at])) return;
    list.replaceChildren(...rows);
    if (isInside) (list.contains(focused) ? focused : this.part('title')).focus();
  }

  #drawRow(row, { sku, quantity, name: kept }) {
    const item = this.#itemOf(sku);
    const isForSale = item && !isSoldOut(item);
    const name = this.#nameOf(sku) ?? kept ?? sku;
    const part = (key) => row.querySelector(`[part~="${key}"]`);
    row.part = isForSale ? 'line' : 'line unavailable';
    part('name').textContent = name;
    part('price').textContent = isForSale ? this.money((centavos(item.unitAmount) * quantity) / 100) : '';
    part('stepper').setAttribute('aria-label', name);
    part('stepper').hidden = !isForSale;
    part('quantity').textContent = quantity;
    part('more').setAttribute('aria-disabled', quantity >= MOST);
    part('note').textContent = this.#noteOn(item, quantity);
    for (const key of ['less', 'more', 'remove']) part(key).setAttribute('aria-label', this.word(key, { name }));
    part('remove').textContent = this.word('removeShort');
  }

  #noteOn(item, quantity) {
    if (!item) return this.word('lineGone');
    if (isSoldOut(item)) return this.word('lineSoldOut');
    return quantity >= MOST ? this.word('most', { most: MOST }) : '';
  }

  /** Changes the quantity of a row by `change`, or removes it, and says what came of it. */
  #change(sku, change) {
    const line = read(this.worker).find((one) => one.sku === sku);
    const quantity = change === undefined ? 0 : (line?.quantity ?? 0) + change;
    if (quantity > MOST) return this.#say(this.word('most', { most: MOST }));
    const name = this.#rows.get(sku).querySelector('[part~="name"]').textContent;
    setQuantity(this.worker, sku, quantity);
    const { label, amount } = this.#sum();
    return this.#say(this.word(quantity > 0 ? 'inCart' : 'removed', { quantity, name }), amount ? `${label}: ${amount}.` : this.word('cartEmpty'));
  }

  #say(...sentences) {
    say(this.part('changes'), sentences.join(' '));
  }
}

/** Creates a row. `onChange` is called with 1, -1 or, for its removal, nothing. */
function newRow(onChange) {
  const button = (part, change, ...text) => make('button', { part, type: 'button', onclick: () => onChange(change) }, ...text);
  return make(
    'li',
    {},
    make('span', { part: 'name' }),
    ' ',
    make('span', { part: 'price' }),
    make('span', { part: 'stepper', role: 'group' }, button('step less', -1, '−'), make('span', { part: 'quantity' }), button('step more', 1, '+')),
    button('remove', undefined),
    make('p', { part: 'note' }),
  );
}
