// <compago-order>: shows the status of an order.
import { exclusively } from '../earlier-order.js';
import { capabilityIn } from '../keys.js';
import { withRetry } from '../send-once.js';
import { cancelOrder, followOrder, retryOrder } from '../status.js';
import { visibleState } from '../visible-state.js';
import { forgetBuyer } from './buyer.js';
import { settle } from './cart-store.js';
import { loadCatalog } from './catalog.js';
import { checkoutLink } from './checkout-link.js';
import { CompagoElement, make, setAttribute } from './element.js';
import { explain } from './foreign.js';
import { handedOver } from './handover.js';
import * as tab from './kept.js';
import { dropLatest } from './latest.js';
import { ownAddress } from './navigate.js';
import { isMisplaced, lockOf } from './purchase.js';
import { replace, successorOf } from './replaced.js';
import { testNotice } from './test-money.js';
import { words } from './words.js';

export class CompagoOrder extends CompagoElement {
  static observedAttributes = ['order', 'language', 'worker'];

  /** The order that was created on this page last. */
  #created;
  #following;
  /** The checkout of an order that was created on this page: it may not have opened, such as from a frame that may not leave its page. */
  #unopened;
  #view = {};
  /** The Worker's catalog, once a paid order is shown: it has the environment, and where orders are picked up. */
  catalog;
  #catalogOf;
  /** Whether the payer who came back was led to the element. */
  #isInView = false;
  /** Whether the element has hidden itself: one that its page hides stays hidden. */
  #hides = false;
  #back = ({ persisted }) => persisted && this.start();
  #network = () => this.#note();
  #onCreated = (event) => this.#take(event);

  /**
   * The order's capability: the attribute, the order that was created on this page, or `?order=` of the page's URL. An order that the page does
   * not name itself is the one that replaced it, if one did.
   */
  get order() {
    const order = this.#created || capabilityIn(new URL(ownAddress()).search, 'order');
    return this.getAttribute('order') || successorOf(this.worker, order);
  }
  set order(value) {
    setAttribute(this, 'order', value);
  }

  disconnectedCallback() {
    this.#following?.abort();
    this.#listen(removeEventListener);
  }

  #listen(change) {
    change('pageshow', this.#back);
    change('offline', this.#network);
    change('online', this.#network);
    change('compago-created', this.#onCreated);
  }

  /** Follows an order of another element, such as one whose checkout was opened in another tab. */
  #take(event) {
    const [{ worker }] = event.composedPath();
    const { order, checkoutUrl } = event.detail;
    if (worker !== this.worker) return;
    this.#unopened = { order, address: checkoutUrl };
    if (order === this.#view.order) return;
    this.#created = order;
    this.start();
  }

  /** Polls the order until its status is final. Without an order the element is hidden. */
  async start() {
    // It may have been removed while a call was pending.
    if (!this.isConnected) return;
    this.#listen(addEventListener);
    this.#following?.abort();
    const following = (this.#following = new AbortController());
    const { signal } = following;
    const { order, worker, language } = this;
    const isNamed = order || new URL(ownAddress()).searchParams.has('order');
    this.#hide(!isNamed);
    if (!isNamed) return this.fill(document.createDocumentFragment());
    if (this.#view.order !== order) this.#view = { order, status: 'loading' };
    this.#draw();
    if (!/^[0-9a-z]{20,80}$/.test(order)) return this.#show({ status: 'unknown' });
    try {
      await followOrder(order, {
        signal,
        origin: worker,
        language,
        onChange: (status) => {
          if (this.order !== order) return this.start();
          if (status.status === 'paid') end(worker, order);
          this.#show(status);
          this.#bringIntoView();
          this.emit('status', status);
        },
        onTrouble: async (error) => {
          this.#note(error && 'slow');
          const reason = error && (await explain(worker, error));
          if (!reason || !isMisplaced(reason) || signal.aborted) return;
          following.abort();
          this.#lose(reason);
        },
      });
    } catch (error) {
      if (!signal.aborted) this.#lose(error);
    }
  }

  #lose(error) {
    const status = isMisplaced(error) ? 'misplaced' : [400, 404].includes(error.status) ? 'unknown' : 'unavailable';
    this.#show({ ...this.#view, status });
    this.emit('error', error);
  }

  #hide(hides) {
    if (hides ? this.hidden : !this.#hides) return;
    this.hidden = this.#hides = hides;
  }

  #show(status) {
    const { order } = this.#view;
    if (this.#unopened?.order === order && status.attempt) this.#unopened = ofAttempt(this.#unopened, status.attempt);
    this.#view = { ...status, order };
    this.#draw();
    if (status.status === 'paid') this.#loadCatalog();
  }

  /** An order is shown with or without the catalog. */
  async #loadCatalog() {
    const { worker, language } = this;
    if (this.#catalogOf === worker) return;
    this.#catalogOf = worker;
    this.catalog = undefined;
    const catalog = await loadCatalog(worker, language).catch(() => undefined);
    if (this.#catalogOf !== worker) return;
    if (!catalog) this.#catalogOf = undefined;
    this.catalog = catalog;
    this.#draw();
  }

  /** Returns the visible state, which is `to-pick-up` of a packed order that the payer picks up. */
  #state() {
    const state = visibleState(this.#view);
    const { shop, shippingMethods = [] } = this.catalog ?? {};
    const isPickup = shippingMethods.some(({ method, pickup }) => pickup && method === this.#view.shipping?.method);
    return state === 'prepared' && isPickup && shop ? 'to-pick-up' : state;
  }

  /** Leads a payer who came back from the checkout to the element, once: what is for sale may stand above it. */
  #bringIntoView() {
    if (this.#isInView || this.getAttribute('order') || this.#created) return;
    this.#isInView = true;
    this.scrollIntoView({ block: 'nearest' });
  }

  /** Shows what is waited for, `offline` or `slow`, or nothing. */
  #note(key) {
    const known = navigator.onLine === false ? 'offline' : key;
    const note = this.part('note');
    if (note) note.textContent = ['offline', 'slow'].includes(known) ? this.word(known) : '';
  }

  #draw() {
    const { reference, amount, status, fulfilment } = this.#view;
    if (!this.part('title'))
      this.fill(
        make('div', { part: 'box' }, make('div', { role: 'status' }, make('h2', { part: 'title', tabindex: '-1' }), make('p', { part: 'text' }), make('p', { part: 'note' })), make('div', { part: 'mark' }), make('ul', { part: 'lines' }), make('dl', { part: 'facts' }), make('div', { part: 'actions' })),
      );
    const box = this.part('box');
    box.lang = this.language;
    box.dataset.status = status;
    box.part = `box ${status}`;
    const state = this.#state();
    // A later Worker may have states of its own.
    const day = fulfilment && new Date(fulfilment.at).toLocaleDateString(this.language, { dateStyle: 'long' });
    const said = { day, address: this.catalog?.shop?.address };
    const [title, text = ''] = this.word(state in words[this.language] ? state : 'verifying', said).split('|');
    // Unchanged text is not written again, since it would be read aloud again.
    if (this.part('title').textContent !== title) this.part('title').textContent = title;
    if (this.part('text').textContent !== text) this.part('text').textContent = text;
    this.#note();
    this.part('mark').replaceChildren(...(status === 'paid' ? testNotice(this) : []));
    this.part('lines').replaceChildren(...this.#lines());
    const { carrier, trackingNumber } = (status === 'paid' && fulfilment) || {};
    const facts = reference ? { amount: this.money(amount), reference, ...(carrier && { carrier }), ...(trackingNumber && { trackingNumber }) } : {};
    this.part('facts').replaceChildren(
      ...Object.entries(facts).map(([name, value]) => make('div', {}, make('dt', {}, this.word(name)), make('dd', { part: name }, value))),
    );
    this.#drawActions(status);
  }

  /** Returns what was bought, and how it is shipped. */
  #lines() {
    const { items = [], shipping } = this.#view;
    const bought = items.map(({ name, quantity, amount }) => [quantity === 1 ? name : `${quantity} × ${name}`, this.money(amount)]);
    const shipped = shipping ? [[shipping.name, Number(shipping.amount) ? this.money(shipping.amount) : this.word('free')]] : [];
    return [...bought, ...shipped].map(([name, amount]) => make('li', { part: 'line' }, make('span', {}, name), ' ', make('span', {}, amount)));
  }

  #drawActions(status) {
    const actions = this.part('actions');
    const focused = actions.contains(this.shadowRoot.activeElement);
    const button = (key, act) => {
      const onclick = async ({ currentTarget }) => {
        if (currentTarget.getAttribute('aria-disabled') === 'true') return;
        currentTarget.setAttribute('aria-disabled', 'true');
        await act();
      };
      return make('button', { part: `button ${key}`, type: 'button', onclick }, this.word(key));
    };
    const { order } = this.#view;
    const retry = successorOf(this.worker, order) === order ? ['retry', () => this.#ask(this.#retry)] : undefined;
    const offered = {
      'awaiting-payment': ['cancel', () => this.#ask(cancelOrder)],
      expired: retry,
      cancelled: retry,
      failed: retry,
      unavailable: ['tryAgain', () => this.start()],
    }[status];
    const isUnopened = status === 'awaiting-payment' && this.#unopened?.order === order;
    const link = isUnopened ? checkoutLink(this.#unopened.address, this) : [];
    actions.replaceChildren(...link, ...(offered ? [button(...offered)] : []));
    if (focused) (actions.firstChild ?? this.part('title')).focus();
  }

  /** Another tab may have replaced the order meanwhile. */
  #retry = (order, options) =>
    exclusively(lockOf(options.origin), async () => {
      const after = await handedOver(options.origin, order);
      if (after) replace(options.origin, order, after);
      return successorOf(options.origin, order) === order ? retryOrder(order, options) : {};
    });

  async #ask(send) {
    const { order } = this.#view;
    const { worker, language } = this;
    try {
      const answer = await withRetry(() => send(order, { origin: worker, language }), { onWait: (reason) => this.#note(reason), limitMs: Infinity });
      if (answer.checkoutUrl) await this.goToCheckout(answer);
    } catch (error) {
      // Refused or unanswered: the status shows the outcome.
      this.emit('error', error);
    }
    this.start();
  }
}

/** Returns a checkout, which is that of the attempt that the order was in first; nothing once it is in another one. */
const ofAttempt = (checkout, attempt) => ((checkout.attempt ?? attempt) === attempt ? { ...checkout, attempt } : undefined);

/** Empties the cart of what a paid order has bought, and forgets what its buyer typed: once, since the page may sell again. */
function end(worker, order) {
  const place = `compago-paid ${worker}`;
  if (tab.read(place) === order) return;
  tab.write(place, order);
  forgetBuyer(worker);
  dropLatest(worker, order);
  settle(worker, order, { paid: true });
}
