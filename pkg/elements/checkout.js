// The dialog in which a payer enters what Compago needs, and which leads to the checkout.
import { readBuyer, writeBuyer } from './buyer.js';
import { checkoutLink } from './checkout-link.js';
import { make } from './element.js';
import { formOf } from './form.js';
import { legalNote } from './legal.js';
import { returnUrlOf } from './navigate.js';
import { purchase } from './purchase.js';
import { Quote } from './quote.js';
import { choiceOf, feeText } from './shipping.js';
import { testNotice } from './test-money.js';
import { linesOf, totalsOf } from './totals.js';
import { goneOf, isOutdated, textOf } from './trouble.js';

export class Checkout {
  #host;
  #dialog;
  #form;
  /** The elements that have the lines and the choice between shipping methods. */
  #lines;
  #choice;
  /** The Worker and the language of what is drawn. */
  #drawnFor;
  #quote;
  /** The order that is shown, as the quote returns it. */
  #shown;
  /** The key of the words for what is waited for; undefined if nothing is. */
  #busy;
  #sent = 0;
  /** Shows the result of an attempt that ended while the dialog was closed. */
  #unseen;

  constructor(host) {
    this.#host = host;
    this.#quote = new Quote(host);
  }

  get isOpen() {
    return Boolean(this.#dialog?.hasAttribute('open'));
  }

  open() {
    if (this.isOpen) return;
    this.#draw();
    if ('showModal' in this.#dialog) this.#dialog.showModal();
    else this.#dialog.setAttribute('open', '');
    (this.#busy ? this.#part('pay') : this.#form.inputs.get('email')).focus();
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

  /** Draws what is open anew: all of it in another language or for another Worker, otherwise the order alone. */
  update() {
    if (!this.isOpen) return;
    const { shadowRoot } = this.#host;
    if (this.#host.priced().length === 0) return this.close();
    const shown = this.#shown;
    const focused = shadowRoot.activeElement;
    if (this.#drawnFor === this.#look()) this.#drawOrder();
    else this.#draw();
    // What had the focus may be gone or hidden.
    if (focused?.getClientRects().length === 0) ((focused.matches('input, select, button') && shadowRoot.getElementById(focused.id)) || this.#part('pay')).focus();
    if (shown !== this.#shown) this.#announce(this.#changed());
  }

  /** The browser shows the page as it was left. */
  onShownAgain() {
    this.#busy = undefined;
    // Another page of the tab may have changed what is kept, or forgotten it after a payment.
    this.#drawnFor = undefined;
    if (Object.keys(readBuyer(this.#host.worker)).length > 0) this.update();
    else this.close();
  }

  #look() {
    return `${this.#host.worker} ${this.#host.language}`;
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
    this.#dialog ??= this.#frame();
    this.#dialog.lang = host.language;
    this.#drawnFor = this.#look();
    this.#form = formOf(host, readBuyer(host.worker), (change) => this.#keep(change));
    this.#lines = make('ul', { part: 'lines' });
    this.#choice = make('div');
    const onsubmit = (event) => {
      event.preventDefault();
      this.#send();
    };
    const close = make('button', { part: 'close', id: 'close', type: 'button', 'aria-label': host.word('close'), onclick: () => this.close() }, '×');
    this.#dialog.replaceChildren(
      make('div', { part: 'head' }, make('h2', { part: 'heading', id: 'checkout-title' }, host.word('details')), close),
      make(
        'form',
        { part: 'form', novalidate: true, 'aria-labelledby': 'checkout-title', onsubmit, onpointerdown: this.#form.press },
        ...testNotice(host),
        this.#lines,
        this.#form.summary,
        ...this.#form.contact,
        this.#choice,
        ...this.#form.address,
        make('dl', { part: 'totals' }),
        make('button', { part: 'button pay', id: 'pay', type: 'submit' }),
        make('p', { part: 'note' }, host.word('assurance')),
        ...legalNote(host),
      ),
      make('p', { part: 'announcement', role: 'status' }),
    );
    this.#drawOrder();
  }

  #keep(change) {
    const { worker } = this.#host;
    writeBuyer(worker, { ...readBuyer(worker), ...change });
  }

  /** Draws what is bought, how it is shipped and what it costs. What stands in the fields and at them stays. */
  #drawOrder() {
    const host = this.#host;
    const quote = this.#quote;
    const methods = quote.choose(readBuyer(host.worker).method);
    const onChoose = (method) => {
      quote.method = method;
      this.#keep({ method: method.method });
      this.#drawTotals();
      this.#announce(host.word('methodChosen', { name: host.nameOf(method), total: quote.totalText() }));
    };
    this.#lines.replaceChildren(...linesOf(host));
    this.#choice.replaceChildren(...choiceOf(methods, quote.method, host, onChoose));
    this.#drawTotals();
  }

  #drawTotals() {
    const host = this.#host;
    const { method } = this.#quote;
    const order = this.#quote.order();
    const { summary } = this.#form;
    // A notice links to the checkout of the order as it was.
    if (order !== this.#shown && summary.matches('[part~="notice"]')) summary.hidden = true;
    this.#shown = order;
    const rows = method && !this.#quote.isCorrected ? [[host.word('subtotal'), host.money(host.subtotal() / 100)], [host.nameOf(method), feeText(method, host)]] : [];
    this.#part('totals').replaceChildren(...totalsOf([...rows, [host.word('amount'), this.#quote.totalText()]]));
    this.#form.addressNote(host.word(method?.pickup ? 'addressPickup' : 'address'));
    this.#wait(this.#busy);
  }

  #changed() {
    return this.#host.word('changed', { total: this.#quote.totalText() });
  }

  #part(name) {
    return this.#dialog?.querySelector(`[part~="${name}"]`);
  }

  #announce(text) {
    this.#part('announcement').textContent = text;
  }

  /** Shows what is waited for, or that nothing is. Meanwhile the fields cannot be changed. */
  #wait(key) {
    this.#busy = key;
    const pay = this.#part('pay');
    if (!pay) return;
    const isBusy = Boolean(key);
    pay.textContent = this.#host.word(key ?? 'pay', { total: this.#quote.totalText() });
    pay.setAttribute('aria-disabled', isBusy);
    this.#announce(isBusy ? pay.textContent : '');
    const fields = [...this.#dialog.querySelectorAll('input, select')];
    // A disabled field would lose the focus.
    if (isBusy && fields.includes(this.#host.shadowRoot.activeElement)) pay.focus();
    for (const field of fields) field.disabled = isBusy;
  }

  #body() {
    const { returnUrl, worker } = this.#host;
    const method = this.#quote.method?.method;
    const page = returnUrlOf(returnUrl, worker);
    return {
      items: this.#quote.items(),
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
    const [order, total, body] = [this.#quote.order(), this.#quote.total(), this.#body()];
    this.#wait('sending');
    const sent = (this.#sent += 1);
    const isAwaited = () => sent === this.#sent && this.#busy;
    try {
      const onWait = (key) => this.#wait(key);
      const { created, earlier } = await purchase(body, {
        place,
        latest: () => host.latestOrder,
        keep: (made) => host.onOrderCreated(made, body.items),
        origin: worker,
        language,
        onWait,
      });
      if (earlier) return this.#stop(earlier, order);
      if (this.#hasChanged(order)) return;
      const amount = Math.round(created.amount * 100);
      if (amount !== total) {
        this.#quote.correct(order, amount);
        this.#wait();
        if (!this.isOpen) return;
        this.#drawTotals();
        return this.#form.trouble(host.word('newPrice', { amount: host.money(created.amount) }));
      }
      await this.#goToCheckout(created, order, isAwaited);
    } catch (error) {
      host.emit('error', error);
      const gone = goneOf(error, body, host);
      if (error.errors?.some(isOutdated)) await host.reload();
      if (gone.length > 0) this.#tell(...gone);
      else this.#show(() => this.#explain(error));
    } finally {
      // Whatever went wrong, the payer can try again.
      if (isAwaited()) this.#wait();
    }
  }

  #stop(earlier, order) {
    const isPaid = earlier.status === 'paid';
    if (isPaid) this.#host.onOrderEnded(earlier.order, { isPaid });
    const text = this.#host.word(isPaid ? 'paidBefore' : 'heldBefore', earlier);
    // What was paid may have left the cart.
    this.#tell(isPaid && order === this.#quote.order() ? `${text} ${this.#host.word('again')}` : text);
  }

  /** Returns whether the order differs from the one that was sent, and shows that. */
  #hasChanged(order) {
    if (order === this.#quote.order()) return false;
    if (this.#host.priced().length > 0) this.#show(() => this.#form.trouble(this.#changed()));
    return true;
  }

  /** Says why no order was created: below the element if nothing is left to buy, since the dialog has closed then. */
  #tell(...lines) {
    if (this.#host.priced().length > 0) return this.#show(() => this.#form.trouble(...lines));
    this.#wait();
    this.#host.announce(lines.join(' '));
  }

  /** Goes to the checkout, unless the dialog was closed. Busy until the page is left. */
  async #goToCheckout(created, order, isAwaited) {
    const host = this.#host;
    const isHere = await host.goToCheckout(created, { isWanted: this.isOpen });
    // The payer has come back, and may have sent the form again.
    if (!isAwaited()) return;
    this.#wait();
    // The page that prevented it goes on by itself, and must not be out of reach.
    if (!isHere) return this.close();
    if (this.#hasChanged(order)) return;
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
