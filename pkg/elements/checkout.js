// The dialog in which a payer enters what Compago needs, and which leads to the checkout.
import { readBuyer, writeBuyer } from './buyer.js';
import { checkoutLink } from './checkout-link.js';
import { make } from './element.js';
import { formOf } from './form.js';
import { returnUrlOf } from './navigate.js';
import { purchase } from './purchase.js';
import { choiceOf, feeOf, feeText, offeredMethods } from './shipping.js';
import { linesOf, totalsOf } from './totals.js';
import { textOf } from './trouble.js';

export class Checkout {
  #host;
  #dialog;
  #form;
  /** The shipping method of the order; undefined without shipping. */
  #method;
  #busy = false;
  #sent = 0;
  /** Shows the result of an attempt that ended while the dialog was closed. */
  #unseen;
  /** An amount that the Worker computed, and the total that was shown then. */
  #corrected;

  constructor(host) {
    this.#host = host;
  }

  get isOpen() {
    return Boolean(this.#dialog?.hasAttribute('open'));
  }

  open() {
    if (this.isOpen) return;
    this.#draw();
    if ('showModal' in this.#dialog) this.#dialog.showModal();
    else this.#dialog.setAttribute('open', '');
    this.#form.inputs.get('email').focus();
    this.#unseen?.();
    this.#unseen = undefined;
  }

  /** What was typed is kept. */
  close() {
    if (!this.isOpen) return;
    if ('close' in this.#dialog) return this.#dialog.close();
    this.#dialog.removeAttribute('open');
    this.#onClosed();
  }

  /** Draws what is open anew, such as after another language was chosen. */
  update() {
    if (!this.isOpen) return;
    if (this.#host.priced().length === 0) return this.close();
    const focused = this.#host.shadowRoot.activeElement?.id;
    this.#draw();
    if (focused) this.#host.shadowRoot.getElementById(focused)?.focus();
  }

  /** The browser shows the page as it was left. */
  onShownAgain() {
    this.#busy = false;
    this.update();
  }

  #onClosed() {
    // The event comes late: it may be open again.
    if (this.isOpen) return;
    // What was typed stays in no hidden field.
    this.#dialog.replaceChildren();
    // Not every browser gives the focus of a click to a button.
    this.#host.part('open')?.focus();
  }

  #frame() {
    const dialog = make('dialog', { part: 'dialog', 'aria-labelledby': 'checkout-title', 'data-kept': true, onclose: () => this.#onClosed() });
    // Firefox before 98 has no dialogs: there it is shown in the page.
    if (!('showModal' in dialog)) {
      dialog.setAttribute('role', 'dialog');
      dialog.addEventListener('keydown', ({ key }) => key === 'Escape' && this.close());
    }
    this.#host.shadowRoot.append(dialog);
    return dialog;
  }

  #draw() {
    const host = this.#host;
    const typed = readBuyer(host.worker);
    const methods = offeredMethods(host.catalog, host.shipping);
    this.#dialog ??= this.#frame();
    this.#dialog.lang = host.language;
    this.#method = methods.find(({ method }) => method === typed.method) ?? methods[0];
    const keep = (change) => writeBuyer(host.worker, { ...readBuyer(host.worker), ...change });
    this.#form = formOf(host, typed, keep);
    const onChoose = (method) => {
      this.#method = method;
      keep({ method: method.method });
      this.#drawTotals();
      this.#announce(host.word('methodChosen', { name: host.nameOf(method), total: this.#totalText() }));
    };
    const onsubmit = (event) => {
      event.preventDefault();
      this.#send();
    };
    const close = make('button', { part: 'close', type: 'button', 'aria-label': host.word('close'), onclick: () => this.close() }, '×');
    this.#dialog.replaceChildren(
      make('div', { part: 'head' }, make('h2', { part: 'heading', id: 'checkout-title' }, host.word('details')), close),
      make(
        'form',
        { part: 'form', novalidate: true, 'aria-labelledby': 'checkout-title', onsubmit, onpointerdown: this.#form.press },
        linesOf(host),
        this.#form.summary,
        ...this.#form.contact,
        ...choiceOf(methods, this.#method, host, onChoose),
        ...this.#form.address,
        make('dl', { part: 'totals' }),
        make('button', { part: 'button pay', type: 'submit' }),
        make('p', { part: 'note' }, host.word('assurance')),
      ),
      make('p', { part: 'announcement', role: 'status' }),
    );
    this.#drawTotals();
  }

  #drawTotals() {
    const host = this.#host;
    const method = this.#method;
    const corrected = this.#total() !== this.#computed();
    const rows = method && !corrected ? [[host.word('products'), host.money(host.subtotal() / 100)], [host.nameOf(method), feeText(method, host)]] : [];
    this.#part('totals').replaceChildren(...totalsOf([...rows, [host.word('amount'), this.#totalText()]]));
    this.#form.addressNote(host.word(method?.pickup ? 'addressPickup' : 'address'));
    this.#wait(this.#busy ? 'sending' : undefined);
  }

  /** Returns the total in centavos by the catalog. */
  #computed() {
    const subtotal = this.#host.subtotal();
    return subtotal + (this.#method ? feeOf(this.#method, subtotal) : 0);
  }

  #total() {
    const computed = this.#computed();
    return this.#corrected?.shown === computed ? this.#corrected.amount : computed;
  }

  #totalText() {
    return this.#host.money(this.#total() / 100);
  }

  #part(name) {
    return this.#dialog?.querySelector(`[part~="${name}"]`);
  }

  #announce(text) {
    this.#part('announcement').textContent = text;
  }

  /** Shows what is waited for, or that nothing is. */
  #wait(key) {
    this.#busy = key !== undefined;
    const pay = this.#part('pay');
    if (!pay) return;
    pay.textContent = this.#host.word(key ?? 'pay', { total: this.#totalText() });
    pay.setAttribute('aria-disabled', this.#busy);
    this.#announce(this.#busy ? this.#host.word(key) : '');
  }

  #body() {
    const { returnUrl, worker } = this.#host;
    const method = this.#method?.method;
    const page = returnUrlOf(returnUrl, worker);
    return {
      items: this.#host.priced().map(({ item: { sku }, quantity }) => ({ sku, quantity })),
      billingInformation: this.#form.typed(),
      ...(method && { shipping: { method } }),
      ...(page && { returnUrl: page }),
    };
  }

  async #send() {
    if (this.#busy) return;
    const host = this.#host;
    const { worker, language, place } = host;
    this.#form.clear();
    this.#wait('sending');
    const sent = (this.#sent += 1);
    const [shown, total] = [this.#computed(), this.#total()];
    const body = this.#body();
    try {
      const onWait = (key) => this.#wait(key);
      const { created, earlier } = await purchase(body, { place, latest: host.latestOrder, origin: worker, language, onWait });
      if (earlier) return this.#stop(earlier);
      host.onOrderCreated(created, body.items);
      const amount = Math.round(created.amount * 100);
      if (amount !== total) {
        this.#corrected = { shown, amount };
        this.#wait();
        if (!this.isOpen) return;
        this.#drawTotals();
        return this.#form.trouble(host.word('newPrice', { amount: host.money(created.amount) }));
      }
      await this.#goToCheckout(created, () => sent === this.#sent && this.#busy);
    } catch (error) {
      host.emit('error', error);
      const gone = this.#gone(error, body);
      if (error.errors?.some(isOutdated)) await host.reload();
      if (gone.length > 0) this.#tell(...gone);
      else this.#show(() => this.#explain(error));
    }
  }

  #stop(earlier) {
    const isPaid = earlier.status === 'paid';
    if (isPaid) this.#host.onOrderPaid(earlier.order);
    this.#tell(this.#host.word(isPaid ? 'paidBefore' : 'heldBefore', earlier));
  }

  /** Says why no order was created: below the element if nothing is left to buy, since the dialog has closed then. */
  #tell(...lines) {
    if (this.#host.priced().length > 0) return this.#show(() => this.#form.trouble(...lines));
    this.#wait();
    this.#host.announce(lines.join(' '));
  }

  /** Returns in words what cannot be bought any more, if the order was refused for nothing else. */
  #gone({ errors = [] }, { items }) {
    const host = this.#host;
    const lines = errors.map(({ pointer, code }) => ['sku-sold-out', 'sku-unknown'].includes(code) && items[pointer.split('/')[2]]);
    if (!lines.every(Boolean)) return [];
    return lines.map((line) => host.word('gone', { name: host.nameOf(host.catalog.items.find(({ sku }) => sku === line.sku)) }));
  }

  /** Goes to the checkout, unless the dialog was closed. Busy until the page is left. */
  async #goToCheckout(created, isAwaited) {
    const host = this.#host;
    const isHere = await host.goToCheckout(created, { isWanted: this.isOpen });
    // The payer has come back, and may have sent the form again.
    if (!isAwaited()) return;
    this.#wait();
    // The page that prevented it goes on by itself, and must not be out of reach.
    if (!isHere) return this.close();
    // The checkout did not open. The order exists all the same.
    if (this.isOpen) this.#form.notice(host.word('ready', created), host.word('notOpened'), ...this.#link(created));
  }

  #link({ checkoutUrl, reference }) {
    return checkoutLink(checkoutUrl, this.#host, () => {
      this.close();
      this.#host.announce(this.#host.word('otherTab', { reference }));
    });
  }

  #explain(error) {
    const problems = error.errors ?? [];
    // The page that the element names as `return-url` is not one of the Worker's origins: nothing that a payer could correct.
    if (problems.some(({ pointer }) => pointer === '/returnUrl')) this.#form.trouble(this.#host.word('cannotSell'));
    else if (problems.length) this.#form.problems(problems);
    else this.#form.trouble(textOf(error, this.#host));
  }

  #show(result) {
    this.#wait();
    if (this.isOpen) result();
    else this.#unseen = result;
  }
}

/** Returns whether a problem may come from what has changed in the catalog since it was shown. */
const isOutdated = ({ pointer }) => /^\/(items|shipping)\b/.test(pointer);
