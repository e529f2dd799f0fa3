// Back from the checkout: asks the Worker how the order stands and says it, never more than is known.
import { cancelOrder, followOrder } from '/pkg/status.js';
import { cart } from '/lib/cart.js';
import { action, byId, element, isWebAddress } from '/lib/dom.js';
import { patiently } from '/lib/once.js';
import { keptOrder, payAgain } from '/lib/order.js';
import { inLanguage, language, moment, money, speak, word } from '/lib/words.js';

const order = new URLSearchParams(location.search).get('order') ?? '';

/** What each status looks like: its picture and its words. */
const faces = {
  loading: { picture: 'loading', title: 'loading' },
  verifying: { picture: 'checking', title: 'checkingTitle', text: 'checkingText' },
  'awaiting-payment': { picture: 'checking', title: 'checkingTitle', text: 'checkingText' },
  paid: { picture: 'paid', title: 'paidTitle', text: 'paidText' },
  expired: { picture: 'expired', title: 'expiredTitle', text: 'expiredText' },
  cancelled: { picture: 'cancelled', title: 'cancelledTitle', text: 'cancelledText' },
  'on-hold': { picture: 'on-hold', title: 'onHoldTitle', text: 'onHoldText' },
  failed: { picture: 'failed', title: 'failedTitle', text: 'failedText' },
  unknown: { picture: 'unknown', title: 'unknownTitle', text: 'unknownText' },
  stuck: { picture: 'failed', title: 'stuckTitle', text: 'stuckText' },
};

let view = { status: 'loading' };
let trouble = false;
let following;

addEventListener('online', showTrouble);
addEventListener('offline', showTrouble);
// Who comes back to the page wants to know how things are now.
addEventListener('pageshow', ({ persisted }) => persisted && follow());
document.addEventListener('visibilitychange', () => {
  if (!document.hidden && !following && view.status !== 'paid') follow();
});

await speak(draw);
follow();

async function follow() {
  if (!/^[0-9a-z]{20,80}$/.test(order)) return show({ status: 'unknown' });
  following?.abort();
  const mine = (following = new AbortController());
  try {
    await followOrder(order, {
      signal: mine.signal,
      language: language(),
      onChange: (status) => {
        settle(status);
        show(status);
      },
      onTrouble: (error) => {
        trouble = error !== null;
        showTrouble();
      },
    });
  } catch (error) {
    show({ ...view, status: error.status === 404 || error.status === 400 ? 'unknown' : 'stuck' });
  } finally {
    if (following === mine) following = undefined;
  }
}

/** What was bought leaves the cart, once. */
function settle({ status }) {
  const kept = keptOrder.read();
  if (kept?.order !== order) return;
  const over = !['awaiting-payment', 'verifying', 'on-hold'].includes(status);
  if (status === 'paid' && !kept.over) cart.take(kept.lines ?? []);
  keptOrder.write({ ...kept, over });
}

function show(next) {
  view = next;
  trouble = false;
  draw();
}

function draw() {
  const face = faces[view.status] ?? faces.verifying;
  byId('receipt').dataset.status = view.status;
  byId('headline').textContent = word(face.title);
  byId('lead').textContent = face.text ? word(face.text) : '';
  document.title = word('returnTitle', { headline: word(face.title) });
  drawFacts();
  drawActions();
  drawHelp();
  showTrouble();
}

function drawFacts() {
  byId('facts').hidden = !view.reference && view.status !== 'loading';
  byId('expires-row').hidden = view.status !== 'awaiting-payment';
  if (!view.reference) return;
  byId('amount').textContent = money(view.amount, view.currency);
  byId('reference').textContent = view.reference;
  byId('expires').textContent = moment(view.expiresAt);
  const kept = keptOrder.read();
  const lines = kept?.order === order ? kept.lines : undefined;
  const texts = lines?.map(({ quantity, name }) => `${quantity} × ${inLanguage(name)}`) ?? [view.description];
  byId('bought').replaceChildren(...texts.map((textContent) => element('li', { textContent })));
}

function drawActions() {
  const again = () => action(word('payAgain'), { kind: 'primary', onClick: tryAgain });
  const question = () => element('p', { className: 'question', textContent: word('notFinished') });
  const toShop = (kind) => action(word('backToShop'), { kind, href: '/' });
  const kept = keptOrder.read();
  const checkout = kept?.order === order && isWebAddress(kept.checkoutUrl) ? kept.checkoutUrl : undefined;
  const actions = {
    'awaiting-payment': () => [
      ...(checkout ? [question(), action(word('backToPayment'), { href: checkout })] : []),
      action(word('cancelOrder'), { kind: 'quiet', onClick: cancelIt }),
    ],
    paid: () => [action(word('print'), { onClick: () => print() }), toShop('quiet')],
    expired: () => [again(), toShop('quiet')],
    cancelled: () => [again(), toShop('quiet')],
    failed: () => [again(), toShop('quiet')],
    'on-hold': () => [toShop('quiet')],
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
  const [before, after = ''] = word(key, { email: '\n', reference: view.reference }).split('\n');
  help.replaceChildren(before, element('a', { href: shopLink.href, textContent: shopLink.textContent }), after);
  help.hidden = ['loading', 'verifying', 'awaiting-payment'].includes(view.status);
}

function showTrouble() {
  const offline = navigator.onLine === false;
  const notice = byId('offline');
  notice.hidden = !(offline || trouble);
  notice.textContent = word(offline ? 'offlineWait' : 'troubleWait');
  const face = faces[view.status] ?? faces.verifying;
  const picture = offline && face !== faces.paid ? 'offline' : face.picture;
  for (const drawn of document.querySelectorAll('[data-picture]'))
    drawn.toggleAttribute('hidden', drawn.dataset.picture !== picture);
}

async function tryAgain() {
  try {
    await payAgain(order, language());
  } catch (error) {
    if (error.status === 429) show({ ...view, status: 'stuck' });
    // Something happened to it meanwhile: the status says what.
    else follow();
  }
}

async function cancelIt() {
  try {
    await patiently(() => cancelOrder(order, { language: language() }));
  } catch {
    // It was refused or not heard: the status says what is true.
  }
  follow();
}
