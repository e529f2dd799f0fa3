// <compago-order>: shows the status of an order.
import { capabilityIn } from '../keys.js';
import { withRetry } from '../send-once.js';
import { cancelOrder, followOrder, retryOrder } from '../status.js';
import { visibleState } from '../visible-state.js';
import { CompagoElement, make } from './element.js';
import { isMisplaced } from './purchase.js';

export class CompagoOrder extends CompagoElement {
  static observedAttributes = ['order', 'language', 'worker'];

  #following;
  #view = {};
  #back = ({ persisted }) => persisted && this.start();
  #network = () => this.#note();

  /** The order's capability: the attribute, or `?order=` of the page's URL. */
  get order() {
    return this.getAttribute('order') ?? capabilityIn(location.search, 'order');
  }
  set order(value) {
    this.setAttribute('order', value);
  }

  disconnectedCallback() {
    this.#following?.abort();
    removeEventListener('pageshow', this.#back);
    removeEventListener('offline', this.#network);
    removeEventListener('online', this.#network);
  }

  /** Polls the order until its status is final. */
  async start() {
    // It may have been removed while a call was pending.
    if (!this.isConnected) return;
    addEventListener('pageshow', this.#back);
    addEventListener('offline', this.#network);
    addEventListener('online', this.#network);
    this.#following?.abort();
    const { signal } = (this.#following = new AbortController());
    const { order, worker: origin, language } = this;
    if (this.#view.order !== order) this.#view = { order, status: 'loading' };
    this.#draw();
    if (!/^[0-9a-z]{20,80}$/.test(order)) return this.#show({ status: 'unknown' });
    try {
      await followOrder(order, {
        signal,
        origin,
        language,
        onChange: (status) => {
          this.#show(status);
          this.emit('status', status);
        },
        onTrouble: (error) => this.#note(error && 'slow'),
      });
    } catch (error) {
      if (signal.aborted) return;
      const lost = isMisplaced(error) ? 'misplaced' : [400, 404].includes(error.status) ? 'unknown' : 'unavailable';
      this.#show({ ...this.#view, status: lost });
      this.emit('error', error);
    }
  }

  #show(status) {
    this.#view = { ...status, order: this.order };
    this.#draw();
  }

  /** Shows what is waited for, `offline` or `slow`, or nothing. */
  #note(key) {
    const known = navigator.onLine === false ? 'offline' : key;
    this.part('note').textContent = ['offline', 'slow'].includes(known) ? this.word(known) : '';
  }

  #draw() {
    const { reference, amount, status, fulfilment } = this.#view;
    if (!this.part('title'))
      this.fill(
        make('div', { part: 'box' }, make('div', { role: 'status' }, make('h2', { part: 'title', tabindex: '-1' }), make('p', { part: 'text' }), make('p', { part: 'note' })), make('dl', { part: 'facts' }), make('div', { part: 'actions' })),
      );
    const box = this.part('box');
    box.lang = this.language;
    box.dataset.status = status;
    box.part = `box ${status}`;
    const [title, text = ''] = this.word(visibleState(this.#view)).split('|');
    // Unchanged text is not written again, since it would be read aloud again.
    if (this.part('title').textContent !== title) this.part('title').textContent = title;
    if (this.part('text').textContent !== text) this.part('text').textContent = text;
    this.#note();
    const { carrier, trackingNumber } = (status === 'paid' && fulfilment) || {};
    const facts = reference ? { ...(carrier && { carrier }), ...(trackingNumber && { trackingNumber }), amount: this.money(amount), reference } : {};
    this.part('facts').replaceChildren(
      ...Object.entries(facts).map(([name, value]) => make('div', {}, make('dt', {}, this.word(name)), make('dd', { part: name }, value))),
    );
    this.#drawActions(status);
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
    const offered = {
      'awaiting-payment': ['cancel', () => this.#ask(cancelOrder)],
      expired: ['retry', () => this.#ask(retryOrder)],
      cancelled: ['retry', () => this.#ask(retryOrder)],
      failed: ['retry', () => this.#ask(retryOrder)],
      unavailable: ['tryAgain', () => this.start()],
    }[status];
    actions.replaceChildren(...(offered ? [button(...offered)] : []));
    if (focused) (actions.firstChild ?? this.part('title')).focus();
  }

  async #ask(send) {
    const { order, worker: origin, language } = this;
    try {
      const answer = await withRetry(() => send(order, { origin, language }), { onWait: (reason) => this.#note(reason), limitMs: Infinity });
      if (answer.checkoutUrl) await this.goToCheckout(answer);
    } catch (error) {
      // Refused or unanswered: the status shows the outcome.
      this.emit('error', error);
    }
    this.start();
  }
}
