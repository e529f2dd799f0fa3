// <compago-pay>: sells one item of the Worker's catalog.
import { CompagoError } from '../status.js';
import { MOST, MOST_ITEMS, add, read } from './cart-store.js';
import { make, setAttribute } from './element.js';
import { dropLatest, keepLatest, latestOf } from './latest.js';
import { centavos, isSoldOut } from './price.js';
import { SellingElement } from './selling.js';

export class CompagoPay extends SellingElement {
  static observedAttributes = [...SellingElement.observedAttributes, 'sku', 'quantity', 'cart'];

  get sku() {
    return this.getAttribute('sku') ?? '';
  }
  set sku(value) {
    setAttribute(this, 'sku', value);
  }

  get quantity() {
    return Number(this.getAttribute('quantity') || 1);
  }
  set quantity(value) {
    setAttribute(this, 'quantity', value);
  }

  /** Whether the button adds the item to the cart. */
  get cart() {
    return this.hasAttribute('cart');
  }
  set cart(value) {
    this.toggleAttribute('cart', Boolean(value));
  }

  get lines() {
    return [{ sku: this.sku, quantity: this.quantity }];
  }

  get place() {
    return `compago-pay ${this.worker} ${this.sku}`;
  }

  get latestOrder() {
    return latestOf(this.worker, this.sku);
  }

  onOrderCreated({ order }) {
    keepLatest(this.worker, this.sku, order);
  }

  onOrderEnded(order) {
    dropLatest(this.worker, order);
  }

  openCheckout() {
    this.settleLatest();
    super.openCheckout();
  }

  draw() {
    const { language, quantity } = this;
    const item = this.catalog.items.find(({ sku }) => sku === this.sku);
    if (!item) return this.refuse(new CompagoError({ code: 'unknown-sku', detail: this.word('notOnSale') }, 404));
    if (!Number.isInteger(quantity) || quantity < 1 || quantity > MOST) return this.refuse(invalidQuantity(this.getAttribute('quantity')));
    const name = this.nameOf(item);
    const price = this.money((centavos(item.unitAmount) * quantity) / 100);
    const texts = [make('span', { part: 'name' }, quantity === 1 ? name : `${quantity} × ${name}`), ' ', make('span', { part: 'price' }, price)];
    this.fill(make('div', { part: 'box', lang: language }, make('p', { part: 'item' }, ...texts), this.#action(item, name)));
    if (isSoldOut(item)) this.emit('error', new CompagoError({ code: 'sku-sold-out', detail: this.word('soldOut') }, 404));
  }

  #action(item, name) {
    if (isSoldOut(item)) return make('p', { part: 'sold-out' }, this.word('soldOut'));
    const text = this.word(this.cart ? 'addToCart' : 'buy');
    const onclick = () => (this.cart ? this.#add(name) : this.openCheckout());
    return make('button', { part: 'button open', type: 'button', 'aria-label': `${text}: ${name}`, onclick }, text);
  }

  #add(name) {
    const isAdded = add(this.worker, this.sku, this.quantity, name);
    const count = read(this.worker).find(({ sku }) => sku === this.sku)?.quantity;
    if (isAdded) return this.announce(this.word('added', { count }));
    return this.announce(count ? this.word('cartFull', { most: MOST }) : this.word('cartItems', { most: MOST_ITEMS }));
  }
}

const invalidQuantity = (quantity) =>
  new CompagoError({ code: 'invalid-quantity', detail: `quantity="${quantity}": it has to be a whole number from 1 to ${MOST}.` }, 400);
