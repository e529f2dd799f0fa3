// The return page: polls the order and shows its status.
import { cancelOrder, followOrder } from '/pkg/status.js';
import { capabilityIn } from '/pkg/keys.js';
import { withRetry } from '/pkg/send-once.js';
import { visibleState } from '/pkg/visible-state.js';
import { action, byId, element, isWebAddress, leaveFor } from '/lib/dom.js';
import { forgetOrder, keptOrder, payAgain, settle } from '/lib/order.js';
import { retryTrouble } from '/lib/retry-trouble.js';
import { shopAddress, shopName } from '/lib/shop.js';
import { day, language, loadLocale, word } from '/lib/words.js';
import { waysToKeep } from '/lib/return/keep.js';
import { isPickup, readPickups } from '/lib/return/pickup.js';
import { drawReceipt, receiptText } from '/lib/return/receipt.js';

const named = capabilityIn(location.search, 'order');
/** The order that is shown: that of the URL, or else the last one of this device. */
let order = named || (keptOrder.read()?.order ?? '');

/** The picture and the words of each status. */
const viewModels = {
  loading: { picture: 'loading', title: 'loading' },
  verifying: { picture: 'checking', title: 'checkingTitle', text: 'checkingText' },
  'awaiting-payment': { picture: 'checking', title: 'awaitingTitle', text: 'awaitingText' },
  paid: { picture: 'paid', title: 'paidTitle', text: 'paidText' },
  prepared: { picture: 'parcel', title: 'preparedTitle', text: 'preparedText' },
  'to-pick-up': { picture: 'parcel', title: 'toPickUpTitle', text: 'toPickUpText' },
  'on-its-way': { picture: 'parcel', title: 'onItsWayTitle', text: 'onItsWayText' },
  'handed-over': { picture: 'parcel', title: 'handedOverTitle', text: 'handedOverText' },
  expired: { picture: 'expired', title: 'expiredTitle', text: 'expiredText' },
  cancelled: { picture: 'cancelled', title: 'cancelledTitle', text: 'cancelledText' },
  'on-hold': { picture: 'on-hold', title: 'onHoldTitle', text: 'onHoldText' },
  failed: { picture: 'failed', title: 'failedTitle', text: 'failedText' },
  unknown: { picture: 'unknown', title: 'unknownTitle', text: 'unknownText' },
  stuck: { picture: 'failed', title: 'stuckTitle', text: 'stuckText' },
};

let view = { status: 'loading' };
/** An action that failed: its words, and the states for which they are true. */
let failure;
let trouble = false;
let following;

addEventListener('online', showTrouble);
addEventListener('offline', showTrouble);
// A page that is shown again may be outdated.
addEventListener('pageshow', ({ persisted }) => persisted && follow());
document.addEventListener('visibilitychange', () => {
  if (!document.hidden && !following && view.status !== 'paid') follow();
});

await loadLocale(draw);
follow();

async function follow() {
  if (!order) return show({ status: 'unknown' });
  following?.abort();
  const mine = (following = new AbortController());
  try {
    await followOrder(order, {
      signal: mine.signal,
      language: language(),
      onChange: (status) => {
        settle(order, status);
        show(status);
      },
      onTrouble: (error) => {
        trouble = error !== null;
        showTrouble();
      },
    });
  } catch (error) {
    const isUnknown = error.status === 404 || error.status === 400;
    const last = keptOrder.read()?.order;
    if (isUnknown && last && last !== order) {
      order = last;
      return follow();
    }
    show({ ...view, status: isUnknown ? 'unknown' : 'stuck' });
  } finally {
    if (following === mine) following = undefined;
  }
}

function show(next) {
  view = next;
  trouble = false;
  draw();
  if (visibleState(view) === 'prepared') drawAsPickup();
}

/** Draws a packed order again once it is known that its payer picks it up. */
async function drawAsPickup() {
  if (await readPickups()) draw();
}

/** Returns picture and words of what is shown: a paid order's are those of its fulfilment, once there is one. */
function viewModel() {
  const state = visibleState(view);
  return viewModels[state === 'prepared' && isPickup(view) ? 'to-pick-up' : state] ?? viewModels.verifying;
}

function draw() {
  const model = viewModel();
  byId('receipt').dataset.status = view.status;
  byId('headline').textContent = word(model.title);
  byId('lead').textContent = leadOf(model);
  document.title = word('returnTitle', { headline: word(model.title), shop: shopName() });
  drawReceipt(view);
  drawActions();
  drawHelp();
  showTrouble();
}

function leadOf({ text }) {
  const isLast = order && order !== named;
  const isTrue = failure?.during.includes(view.status);
  const said = text && word(text, { day: view.fulfilment && day(view.fulfilment.at), address: shopAddress() });
  return [isLast && word(named ? 'lastOrderInstead' : 'lastOrder'), said, isTrue && failure.text()].filter(Boolean).join(' ');
}

function drawActions() {
  const again = () => action(word('payAgain'), { kind: 'primary', onClick: tryAgain });
  const question = () => element('p', { className: 'question', textContent: word('notFinished') });
  const toShop = (kind) => action(word('backToShop'), { kind, href: '/' });
  const kept = keptOrder.read();
  const checkout = kept?.order === order && isWebAddress(kept.checkoutUrl) ? kept.checkoutUrl : undefined;
  const forget = () => (kept?.order === order ? [action(word('forget'), { kind: 'quiet', onClick: forgetIt })] : []);
  const actions = {
    'awaiting-payment': () => [
      ...(checkout ? [question(), action(word('backToPayment'), { href: checkout })] : []),
      action(word('cancelOrder'), { kind: 'quiet', onClick: cancelIt }),
      ...forget(),
    ],
    verifying: forget,
    paid: () => [...waysToKeep(document.title, receiptText(view)), toShop('quiet')],
    expired: () => [again(), toShop('quiet'), ...forget()],
    cancelled: () => [again(), toShop('quiet'), ...forget()],
    failed: () => [again(), toShop('quiet'), ...forget()],
    'on-hold': () => [toShop('quiet'), ...forget()],
    unknown: () => [toShop('')],
    stuck: () => [action(word('tryAgain'), { kind: 'primary', onClick: () => void follow() }), toShop('quiet')],
  };
  const place = byId('actions');
  const focused = place.contains(document.activeElement);
  place.replaceChildren(...(actions[view.status]?.() ?? []));
  if (focused) place.querySelector('a, button')?.focus();
}

function drawHelp() {
  const help = byId('help');
  const shopLink = byId('shop-email');
  const key = view.reference ? 'help' : 'helpPlain';
  const parts = {
    '\n': element('a', { href: shopLink.href, textContent: shopLink.textContent }),
    '\t': element('span', { className: 'reference', translate: false, textContent: view.reference ?? '' }),
  };
  const texts = word(key, { email: '\n', reference: '\t' }).split(/([\n\t])/);
  help.replaceChildren(...texts.map((text) => parts[text] ?? text));
  help.hidden = ['loading', 'verifying', 'awaiting-payment'].includes(view.status);
}

function showTrouble() {
  const offline = navigator.onLine === false;
  const notice = byId('offline');
  notice.hidden = !(offline || trouble);
  notice.textContent = word(offline ? 'offlineWait' : 'wait.slow');
  const picture = offline && view.status !== 'paid' ? 'offline' : viewModel().picture;
  for (const drawn of document.querySelectorAll('[data-picture]'))
    drawn.toggleAttribute('hidden', drawn.dataset.picture !== picture);
}

async function tryAgain() {
  failure = undefined;
  try {
    const { created, earlier } = await payAgain(order, language());
    // Paid, or may be: no attempt is started.
    if (earlier) return location.replace(`/return.html?order=${earlier.order}`);
    await leaveFor(created.checkoutUrl);
  } catch (error) {
    failure = { text: () => retryTrouble(error), during: ['expired', 'cancelled', 'failed'] };
  }
  // Whatever came of it, the status shows the outcome.
  follow();
}

async function cancelIt() {
  failure = undefined;
  try {
    await withRetry(() => cancelOrder(order, { language: language() }));
  } catch {
    failure = { text: () => word('notCancelled'), during: ['awaiting-payment'] };
  }
  follow();
}

/** Removes the order from this device, including the URL of this page. */
function forgetIt() {
  forgetOrder();
  location.replace('/');
}
