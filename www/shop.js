// The shop: catalog, cart and form, and from there to the checkout.
import { isFinal } from '/pkg/send-once.js';
import { cart, centavos } from '/lib/cart.js';
import { action, byId, element, isWebAddress, leaveFor, showOffline } from '/lib/dom.js';
import { checkOnLeaving, clearForm, clearProblems, keepTyped, redrawProblems, showProblems, showTrouble, typed } from '/lib/form.js';
import { canKeep } from '/lib/kept.js';
import { focusOpenOrder, redrawOpenOrder, watchOpenOrder } from '/lib/open-order.js';
import { draft, keptOrder, onEndedElsewhere, placeOrder } from '/lib/order.js';
import { language, loadLocale, money, seconds, word } from '/lib/words.js';
import { lines, loadCatalog, shownLines } from '/shop/catalog.js';
import { shippingOf, total, totalText } from '/shop/delivery.js';
import { chooseStateByZip } from '/shop/state-choice.js';
import { draw } from '/shop/view.js';

const pay = byId('pay');
const phone = byId('phone');

// The checks, once their wasm is loaded. Until then the Worker's answers report problems, shown in the same places.
let bindings;
let busy = false;
/** Counts how often the form was sent. */
let sent = 0;
/** What the payment waits for. */
let waiting = 'sending';

const announce = (text) => (byId('status').textContent = text);
const order = { announce, onPaid: startAnew, onForgotten: startAnew };

showOffline(byId('offline'), () => announce(word('offline')));
byId('catalog-again').addEventListener('click', showCatalog);
byId('checkout').addEventListener('submit', (event) => {
  event.preventDefault();
  send();
});
checkOnLeaving(checkField);
// Only needed by who fills in the form; they are loaded before the first field is left.
byId('checkout').addEventListener('focusin', loadBindings, { once: true });
phone.addEventListener('input', showCountry);
cart.onElsewhere(redraw);
keptOrder.onElsewhere(() => watchOpenOrder(order));
onEndedElsewhere(() => {
  draft.drop();
  startAnew();
});
// Back from the checkout: a page from the back/forward cache is outdated.
addEventListener('pageshow', ({ persisted }) => {
  if (!persisted) return;
  setBusy(false);
  // The order was paid meanwhile, or removed.
  if (!draft.read()) clearForm();
  redraw();
  watchOpenOrder(order);
  focusOpenOrder();
});

keepTyped(draft);
chooseStateByZip({ zip: byId('zip'), state: byId('state'), onChoose: (state) => announce(word('stateChosen', { state })) });
byId('not-kept').hidden = canKeep();
showCountry();
await loadLocale(() => {
  redraw();
  redrawOpenOrder();
  redrawProblems(checkField);
});
await showCatalog();
watchOpenOrder(order);
// After the back button the scroll position is at the form, and the order's notice is out of sight.
const [navigation] = performance.getEntriesByType('navigation');
if (navigation?.type === 'back_forward') focusOpenOrder();

/** Returns a problem, null for none, or undefined while the checks are not loaded. */
function checkField(pointer, value) {
  return bindings && (bindings.checkField(pointer, value, { language: language() }) ?? null);
}

async function showCatalog() {
  try {
    await loadCatalog();
    byId('catalog-trouble').hidden = true;
    byId('catalog').hidden = false;
    redraw();
  } catch (error) {
    const isClosed = ['catalog-unreadable', 'shop-file-unreadable'].includes(error.code);
    const key = isClosed ? 'catalogClosed' : 'catalogTrouble';
    const title = byId('catalog-trouble').querySelector('h3');
    title.dataset.word = key;
    title.textContent = word(key);
    byId('catalog').hidden = true;
    byId('catalog-trouble').hidden = false;
    addEventListener('online', showCatalog, { once: true });
  }
}

async function loadBindings() {
  try {
    const loaded = await import('/pkg/index.js');
    await loaded.load();
    bindings = loaded;
  } catch {
    // The page works without the checks.
  }
}

function startAnew() {
  clearForm();
  redraw();
}

function redraw() {
  draw((said) => {
    announce(said);
    showAmount();
  });
  showAmount();
}

function showAmount() {
  const amount = total();
  pay.textContent = busy ? word(`wait.${waiting}`) : amount > 0 ? word('payAmount', { total: totalText() }) : word('pay');
}

function setBusy(now, reason = 'sending') {
  busy = now;
  waiting = reason;
  pay.setAttribute('aria-disabled', String(now));
  showAmount();
}

/** The country code is shown unless the number has its own. */
function showCountry() {
  byId('phone-prefix').hidden = /^\s*(\+|00)/.test(phone.value);
}

async function send() {
  if (busy) return;
  const bought = lines();
  const { billingInformation, shipping: more } = typed();
  const shipping = shippingOf(more);
  const body = {
    items: bought.map(({ item, quantity }) => ({ sku: item.sku, quantity })),
    billingInformation,
    ...(shipping && { shipping }),
  };
  const problems =
    bindings?.check(body, { language: language() }) ??
    (bought.length ? [] : [{ pointer: '/items', code: 'items-empty' }]);
  if (problems.length) return showProblems(problems.map(ofSoldOut));
  clearProblems();
  wait();
  const turn = (sent += 1);
  const expected = total();
  try {
    const { created, earlier } = await placeOrder({
      body,
      lines: body.items,
      language: language(),
      onWait: wait,
    });
    if (earlier) return showEarlier();
    if (centavos(created.amount) !== expected) return showNewPrice(created);
    await goToCheckout(created, turn);
  } catch (error) {
    if (isOutdated(error)) await showCatalog();
    setBusy(false);
    if (error.errors?.length) showProblems(error.errors);
    else showTrouble(...troubleOf(error));
  }
}

/** Returns whether an order was refused for what has changed in the catalog since it was shown. */
const isOutdated = ({ errors = [] }) => errors.some(({ pointer }) => /^\/(items\b|shipping(\/method)?$)/.test(pointer));

/** Lines that are all sold out are in the cart, and not in the order: that is the problem, not that the cart is empty. */
const ofSoldOut = (problem) =>
  problem.code === 'items-empty' && shownLines().length > 0 ? { ...problem, code: 'sku-sold-out' } : problem;

/** Navigates to the checkout, and stays busy. If that fails, the order exists all the same. */
async function goToCheckout({ checkoutUrl, reference }, turn) {
  announce(word('leaving'));
  await leaveFor(checkoutUrl);
  // The payer has come back, and may have sent the form again.
  if (!busy || turn !== sent) return;
  setBusy(false);
  watchOpenOrder(order);
  if (!isWebAddress(checkoutUrl)) return showTrouble(`${word('noCheckout')} ${helpWords(reference)}`, word('checkoutTitle'));
  const go = action(word('continuePaying'), { kind: 'primary', href: checkoutUrl });
  showTrouble(word('checkoutText'), word('checkoutTitle'), element('li', {}, go));
}

function wait(reason) {
  setBusy(true, reason);
  announce(word(`wait.${waiting}`));
}

/** Describes a refusal that no field causes: text and title. */
function troubleOf(error) {
  if (error.earlier) return [word('earlierTrouble', { reference: error.earlier.reference })];
  switch (error.code) {
    case 'payment-on-hold':
    case 'order-paid':
      return [orderWords(error.reference), word('onHoldTitle')];
    case 'amount-below-minimum':
      return [error.minimum ? word('amountBelow', { minimum: money(error.minimum) }) : word('amountBelowMinimum')];
    case 'payment-refused':
      return [word('paymentRefused')];
    case 'provider-refused':
    case 'misconfigured':
    case 'catalog-unreadable':
    case 'shop-file-unreadable':
      return [word('shopTrouble')];
    case 'too-many-requests':
      return [word('tooMany', { seconds: seconds(error.retryAfterMs) })];
    case 'too-many-open-links':
      return [word('tooManyOpen', { minutes: minutesTo(error) })];
    case 'shop-busy':
      return [word('shopBusy', { minutes: minutesTo(error) })];
    default:
      return [word(isFinal(error) ? 'refused' : 'noAnswer')];
  }
}

const minutesTo = ({ retryAfterMs = 60_000 }) => Math.ceil(retryAfterMs / 60_000);

const orderWords = (reference) => `${word('onHoldText')} ${helpWords(reference)}`;

function helpWords(reference) {
  const email = byId('shop-email').textContent;
  return reference ? word('help', { email, reference }) : word('helpPlain', { email });
}

/** An earlier order was paid, or may be: no new one is created. */
function showEarlier() {
  setBusy(false);
  watchOpenOrder(order);
  focusOpenOrder();
}

function showNewPrice(created) {
  setBusy(false);
  watchOpenOrder(order);
  showTrouble(word('priceChanged', { amount: money(created.amount, created.currency) }));
}
