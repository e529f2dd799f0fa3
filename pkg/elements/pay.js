// <compago-pay>: sells one item of the Worker's catalog.
import { isFinal } from '../send-once.js';
import { CompagoError, call } from '../status.js';
import { CompagoElement, make } from './element.js';
import { formOf } from './form.js';
import { isMisplaced, purchase } from './purchase.js';

export class CompagoPay extends CompagoElement {
  static observedAttributes = ['sku', 'quantity', 'language', 'origin'];

  #form;
  #total;
  #busy = false;
  #turn = 0;
  #sent = 0;
  #back = ({ persisted }) => persisted && this.#wait();

  get sku() {
    return this.getAttribute('sku') ?? '';
  }
  set sku(value) {
    this.setAttribute('sku', value);
  }

  get quantity() {
    return Number(this.getAttribute('quantity') ?? 1);
  }
  set quantity(value) {
    this.setAttribute('quantity', value);
  }

  disconnectedCallback() {
    removeEventListener('pageshow', this.#back);
  }

  /** Renders the element anew and keeps what was typed. */
  async start() {
    addEventListener('pageshow', this.#back);
    const turn = (this.#turn += 1);
    const { origin, language, quantity } = this;
    try {
      const { items } = await call('shop/catalog', { origin, language });
      const item = items.find(({ sku }) => sku === this.sku);
      if (turn !== this.#turn) return;
      if (item && !isSoldOut(item) && Number.isInteger(quantity) && quantity > 0) this.#draw(item);
      else this.#refuse(new CompagoError({ code: 'unknown-sku', detail: this.word('notOnSale') }, 404));
    } catch (error) {
      if (turn === this.#turn) this.#refuse(error);
    }
  }

  #refuse(error) {
    const onclick = () => this.start();
    const again = error.temporary ? [make('button', { part: 'button', type: 'button', onclick }, this.word('tryAgain'))] : [];
    const text = this.word(withoutPrice(error));
    this.fill(make('div', { part: 'box', lang: this.language }, make('p', { part: 'trouble', role: 'alert' }, text), ...again));
    this.emit('error', error);
  }

  #draw({ name, unitAmount }) {
    const { language, quantity } = this;
    const before = this.#form;
    const open = this.part('form')?.hidden === false;
    const called = name[language] ?? name['es-MX'];
    this.#total = Math.round(unitAmount * 100) * quantity;
    this.#form = formOf(this);
    for (const [field, input] of before?.inputs ?? []) this.#form.inputs.get(field).value = input.value;
    const onsubmit = (event) => {
      event.preventDefault();
      this.#send();
    };
    const onclick = () => {
      this.part('open').hidden = true;
      this.part('form').hidden = false;
      this.#form.inputs.get('email').focus();
    };
    this.fill(
      make(
        'div',
        { part: 'box', lang: language },
        make('p', { part: 'item' }, make('span', { part: 'name' }, quantity === 1 ? called : `${quantity} × ${called}`), ' ', make('span', { part: 'price' })),
        make('button', { part: 'button open', type: 'button', hidden: open, onclick }, this.word('buy')),
        make(
          'form',
          { part: 'form', novalidate: true, hidden: !open, 'aria-label': called, onsubmit, onpointerdown: this.#form.press },
          this.#form.summary,
          ...this.#form.rows,
          make('button', { part: 'button pay', type: 'submit' }),
          make('p', { part: 'note' }, this.word('assurance')),
        ),
        make('p', { part: 'status', role: 'status' }),
      ),
    );
    this.#wait(this.#busy ? 'sending' : undefined);
  }

  /** Shows what is waited for, or that nothing is. */
  #wait(key) {
    this.#busy = key !== undefined;
    const pay = this.part('pay');
    if (!pay) return;
    const total = this.money(this.#total / 100);
    this.part('price').textContent = total;
    pay.textContent = this.word(key ?? 'pay', { total });
    pay.setAttribute('aria-disabled', this.#busy);
    this.part('status').textContent = this.#busy ? this.word(key) : '';
  }

  async #send() {
    if (this.#busy) return;
    const { origin, language, sku, quantity } = this;
    this.#form.clear();
    this.#wait('sending');
    const sent = (this.#sent += 1);
    try {
      const body = { items: [{ sku, quantity }], billingInformation: this.#form.typed() };
      const onWait = (key) => this.#wait(key);
      const { created, earlier } = await purchase(body, { place: `compago-pay ${origin} ${sku}`, origin, language, onWait });
      if (earlier) return this.#stop(this.word(earlier.status === 'paid' ? 'paidBefore' : 'heldBefore', earlier));
      const amount = Math.round(created.amount * 100);
      if (amount !== this.#total) {
        this.#total = amount;
        return this.#stop(this.word('newPrice', { amount: this.money(created.amount) }));
      }
      // Busy until the page is left.
      const went = await this.goToCheckout(created);
      // The payer has come back and sent the form again.
      if (sent !== this.#sent) return;
      if (!went) return this.#wait();
      // Unless the payer came back, the checkout did not open. The order exists all the same.
      if (this.#busy) this.#stop(this.word('ready', created), created.checkoutUrl);
    } catch (error) {
      this.#wait();
      this.emit('error', error);
      if (error.errors?.length) this.#form.problems(error.errors);
      else this.#form.trouble(this.#textOf(error));
    }
  }

  #stop(text, link) {
    this.#wait();
    const href = /^https?:/.test(link) && link;
    this.#form.trouble(text, ...(href ? [make('a', { part: 'checkout', href }, this.word('goOn'))] : []));
  }

  #textOf(error) {
    const { code, reference, minimum, status, retryAfterMs = 30_000 } = error;
    if (['payment-on-hold', 'order-paid'].includes(code)) return this.word('heldBefore', { reference });
    if (code === 'amount-below-minimum' && minimum) return this.word('below', { minimum: this.money(minimum) });
    if (['provider-refused', 'misconfigured', 'catalog-unreadable'].includes(code)) return this.word('cannotSell');
    if (code === 'too-many-requests') return this.word('tooMany', { seconds: Math.ceil(retryAfterMs / 1000) });
    if (status === 429) return this.word('busy', { minutes: Math.ceil(retryAfterMs / 60_000) });
    if (isMisplaced(error)) return this.word('elsewhere');
    if (code === 'payment-refused') return this.word('refused');
    return this.word(isFinal(error) ? 'notMade' : 'noAnswer');
  }
}

const isSoldOut = ({ available }) => available === false;

/** Returns the key of the words that say why there is nothing to buy. */
function withoutPrice(error) {
  if (isMisplaced(error)) return 'elsewhere';
  if (error.code === 'catalog-unreadable') return 'cannotSell';
  return error.temporary ? 'noCatalog' : 'notOnSale';
}
