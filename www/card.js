// The page that saves a card: explains, opens or embeds Compago's form, and shows the status.
import { capabilityIn } from '/pkg/keys.js';
import { call, versions } from '/pkg/status.js';
import { hideForm, showForm } from '/card/form.js';
import { action, byId, element, isWebAddress } from '/lib/dom.js';
import { shopName } from '/lib/shop.js';
import { language, loadLocale, moment, word } from '/lib/words.js';

const card = capabilityIn(location.search, 'card');

/** Each visible state has a picture and words of its name. */
const states = ['loading', 'save', 'checking', 'active', 'expired', 'revoked', 'unknown', 'missing', 'stuck'];
const calm = ['loading', 'save', 'checking'];
const networks = { VISA: 'Visa', MASTERCARD: 'Mastercard', AMEX: 'American Express' };

let view = { status: 'loading' };
/** The payer has come from the form, whether or not it was filled in. */
let returned = /\bid=/.test(location.search);
let trouble = false;
let following;

if (window.top === window) {
  addEventListener('online', showTrouble);
  addEventListener('offline', showTrouble);
  // A page that is shown again may be outdated.
  addEventListener('pageshow', ({ persisted }) => persisted && follow());
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && !following && view.status !== 'active') follow();
  });
  await loadLocale(draw, '/words/card');
  follow();
} else {
  // The form's frame has returned here. The page around it polls the status.
  await loadLocale(drawFramed, '/words/card');
}

async function follow() {
  if (!card) return show({ status: 'missing' });
  following?.abort();
  const mine = (following = new AbortController());
  const read = (options) => call(`shop/cards/${card}`, options);
  const onTrouble = (error) => {
    trouble = error !== null;
    showTrouble();
  };
  try {
    for await (const next of versions(read, { signal: mine.signal, language: language(), onTrouble })) show(next);
  } catch (error) {
    show({ ...view, status: error.status === 404 || error.status === 400 ? 'missing' : 'stuck' });
  } finally {
    if (following === mine) following = undefined;
  }
}

function show(next) {
  view = next;
  trouble = false;
  draw();
}

/** Returns the visible state. Without a form the link has expired, whether or not Compago reports it yet. */
function stateOf({ status, checkoutUrl }) {
  if (status === 'pending') return !isWebAddress(checkoutUrl) ? 'expired' : returned ? 'checking' : 'save';
  return states.includes(status) ? status : 'unknown';
}

function draw() {
  const state = stateOf(view);
  byId('panel').dataset.state = state;
  // Before Compago reports that the link expired, a card may have been saved.
  const isEnded = state === 'expired' && view.status !== 'expired';
  showText(word(state), word(isEnded ? 'endedText' : `${state}Text`));
  byId('promises').hidden = state !== 'save';
  byId('legal').hidden = state !== 'save';
  drawFacts(state);
  const wasInForm = drawForm(state);
  drawActions(state, wasInForm);
  drawHelp(state);
  showTrouble();
}

/** Unchanged text is not written again, since it would be announced again. */
function showText(headline, text) {
  for (const [id, textContent] of [['headline', headline], ['lead', text]])
    if (byId(id).textContent !== textContent) byId(id).textContent = textContent;
  document.title = word('pageTitle', { headline, shop: shopName() });
}

function drawFacts(state) {
  const { network, lastFourDigits } = view.card ?? {};
  const isKnown = state === 'active' && Boolean(network || lastFourDigits);
  byId('facts').hidden = !isKnown && state !== 'save';
  byId('card-row').hidden = !isKnown;
  byId('expires-row').hidden = state !== 'save';
  if (isKnown) {
    const name = networks[network] ?? network ?? '';
    byId('card').textContent = lastFourDigits ? word('ending', { name, digits: lastFourDigits }).trim() : name;
  }
  if (state === 'save') byId('expires').textContent = word('deviceTime', { time: moment(view.expiresAt) });
}

const isEmbedded = () => view.displayMode === 'EMBEDDED';

/** Returns whether a form that had the focus was removed. */
function drawForm(state) {
  if (state !== 'save' || !isEmbedded()) return hideForm();
  showForm(view.checkoutUrl, word('formTitle'), () => {
    returned = true;
    draw();
    // Only a reason to poll now.
    follow();
  });
  return false;
}

function drawActions(state, wasInForm) {
  const toShop = (kind) =>
    action(word('backToShop'), { kind, href: isWebAddress(view.returnUrl) ? view.returnUrl : '/' });
  const question = (key) => element('p', { className: 'question', textContent: word(key) });
  const toForm = (label, kind) => action(word(label), { kind, href: view.checkoutUrl });
  const actions = {
    save: () =>
      isEmbedded()
        ? [question('formMissing'), toForm('openForm', 'quiet')]
        : [toForm('goToForm', 'primary large')],
    checking: () => [
      question('notFinished'),
      isEmbedded() ? action(word('backToForm'), { onClick: showFormAgain }) : toForm('backToForm', ''),
    ],
    active: () => [toShop('primary')],
    expired: () => [toShop('')],
    revoked: () => [toShop('')],
    unknown: () => [toShop('')],
    missing: () => [toShop('')],
    stuck: () => [action(word('tryAgain'), { kind: 'primary', onClick: () => void follow() }), toShop('quiet')],
  };
  const place = byId('actions');
  const focused = wasInForm || place.contains(document.activeElement);
  place.replaceChildren(...(actions[state]?.() ?? []));
  if (focused) place.querySelector('a, button')?.focus();
}

function showFormAgain() {
  returned = false;
  draw();
  byId('form').querySelector('iframe')?.focus();
}

function drawHelp(state) {
  const shopLink = byId('shop-email');
  const [before, after = ''] = word('help', { email: '\n' }).split('\n');
  const link = element('a', { href: shopLink.href, textContent: shopLink.textContent });
  byId('help').replaceChildren(before, link, after);
  byId('help').hidden = calm.includes(state);
}

function showTrouble() {
  const offline = navigator.onLine === false;
  const state = stateOf(view);
  byId('offline').hidden = !(offline || trouble);
  byId('offline').textContent = word(offline ? 'offlineWait' : 'wait.slow');
  showPicture(offline && state !== 'active' ? 'offline' : state);
}

function showPicture(name) {
  for (const drawn of document.querySelectorAll('[data-picture]'))
    drawn.toggleAttribute('hidden', drawn.dataset.picture !== name);
}

function drawFramed() {
  byId('panel').dataset.state = 'framed';
  showText(word('framed'), word('framedText'));
  showPicture('checking');
}
