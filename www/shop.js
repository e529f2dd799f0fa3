// The shop: catalog, cart and form, and from there straight to the checkout.
import * as plainShop from '/pkg/status.js';
import { cart, centavos } from '/lib/cart.js';
import { draw, lines, loadCatalog, total, totalText } from '/lib/catalog.js';
import { byId, goTo, tellOffline } from '/lib/dom.js';
import { billingInformation, checkOnLeaving, clearProblems, showProblems, showTrouble } from '/lib/form.js';
import { focusOpenOrder, redrawOpenOrder, watchOpenOrder } from '/lib/open-order.js';
import { keptOrder, placeOrder } from '/lib/order.js';
import { language, money, speak, word } from '/lib/words.js';

const pay = byId('pay');
const phone = byId('phone');

// The checks and the typed client, once their wasm is there. Until then, and should it never come, the Worker's answers
// say what is wrong, and are shown in the same places.
let bindings;
let busy = false;

const say = (text) => (byId('status').textContent = text);
const order = { say, onBought: redraw };

tellOffline(byId('offline'));
byId('catalog-again').addEventListener('click', showCatalog);
byId('checkout').addEventListener('submit', (event) => {
  event.preventDefault();
  send();
});
checkOnLeaving((pointer, value) => bindings && (bindings.checks(language()).checkField(pointer, value) ?? null));
// Only who begins to fill in the form needs them; they are there long before the first field is left.
byId('checkout').addEventListener('focusin', loadBindings, { once: true });
phone.addEventListener('input', showCountry);
cart.onElsewhere(redraw);
keptOrder.onElsewhere(() => watchOpenOrder(order));
// Back from the checkout: a page out of the browser's memory has to look again.
addEventListener('pageshow', ({ persisted }) => {
  if (!persisted) return;
  setBusy(false);
  redraw();
  watchOpenOrder(order);
});

showCountry();
await speak(() => {
  document.title = word('title');
  redraw();
  redrawOpenOrder();
});
await showCatalog();
watchOpenOrder(order);

async function showCatalog() {
  try {
    await loadCatalog();
    byId('catalog-trouble').hidden = true;
    byId('catalog').hidden = false;
    redraw();
  } catch {
    byId('catalog').hidden = true;
    byId('catalog-trouble').hidden = false;
    addEventListener('online', showCatalog, { once: true });
  }
}

async function loadBindings() {
  try {
    const { load } = await import('/pkg/index.js');
    bindings = await load();
  } catch {
    // The page works without them.
  }
}

function redraw() {
  draw((said) => {
    say(said);
    showAmount();
  });
  showAmount();
}

function showAmount() {
  const amount = total();
  pay.textContent = busy ? word('paying') : amount > 0 ? word('payAmount', { total: totalText() }) : word('pay');
}

function setBusy(now) {
  busy = now;
  pay.ariaDisabled = String(now);
  showAmount();
}

/** The country code stands before the number, unless the number brings its own. */
function showCountry() {
  byId('phone-prefix').hidden = /^\s*(\+|00)/.test(phone.value);
}

async function send() {
  if (busy) return;
  const bought = lines();
  const body = {
    items: bought.map(({ item, quantity }) => ({ sku: item.sku, quantity })),
    billingInformation: billingInformation(),
  };
  const problems =
    bindings?.checks(language()).checkOrder(body) ??
    (bought.length ? [] : [{ pointer: '/items', code: 'items-empty' }]);
  if (problems.length) return showProblems(problems);
  clearProblems();
  setBusy(true);
  say(word('paying'));
  const expected = total();
  try {
    const { created, earlier } = await placeOrder({
      body,
      lines: bought.map(({ item, quantity }) => ({ sku: item.sku, quantity, name: item.name })),
      plainShop,
      typedShop: bindings?.shop({ language: language() }),
      language: language(),
      onWait: () => say(word('waitingForNetwork')),
    });
    if (earlier) return await showEarlier();
    if (centavos(created.amount) !== expected) return await showNewPrice(created);
    // Stays busy: this page is on its way out.
    goTo(created.checkoutUrl);
  } catch (error) {
    setBusy(false);
    if (error.errors?.length) showProblems(error.errors);
    else showTrouble(troubleOf(error));
  }
}

function troubleOf(error) {
  if (['payment-on-hold', 'order-on-hold', 'order-paid', 'payment-verifying'].includes(error.code))
    return `${word('onHoldTitle')}. ${word('onHoldText')} ${error.reference ?? ''}`;
  if (error.code === 'amount-below-minimum') return word('amountBelowMinimum');
  if (error.status === 429) return word('tooMany', { seconds: Math.ceil((error.retryAfterMs ?? 30_000) / 1000) });
  return word('noAnswer');
}

/** An order of before was paid, or may be: nothing new is begun beside it. */
async function showEarlier() {
  setBusy(false);
  watchOpenOrder(order);
  focusOpenOrder();
}

async function showNewPrice(created) {
  setBusy(false);
  watchOpenOrder(order);
  showTrouble(word('priceChanged', { amount: money(created.amount, created.currency) }));
}
