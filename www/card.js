// Saving a card: explains, leads to Compago's form or shows it, and says how the card stands, never more than is known.
import { capabilityIn } from '/pkg/keys.js';
import { call, versions } from '/pkg/status.js';
import { hideForm, showForm } from '/card/form.js';
import { action, byId, element, isWebAddress } from '/lib/dom.js';
import { language, moment, speak, word } from '/lib/words.js';

const card = capabilityIn(location.search, 'card');

/** Each face has a picture and words of its own name. */
const faces = ['loading', 'save', 'checking', 'active', 'expired', 'revoked', 'unknown', 'missing', 'stuck'];
const calm = ['loading', 'save', 'checking'];
const networks = { VISA: 'Visa', MASTERCARD: 'Mastercard', AMEX: 'American Express' };

let view = { status: 'loading' };
/** Somebody comes from the form. Whether it was filled in is not known by that. */
let returned = /\bid=/.test(location.search);
let trouble = false;
let following;

if (window.top === window) {
  addEventListener('online', showTrouble);
  addEventListener('offline', showTrouble);
  // Who comes back to the page wants to know how things are now.
  addEventListener('pageshow', ({ persisted }) => persisted && follow());
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && !following && view.status !== 'active') follow();
  });
  await speak(draw, '/words/card');
  follow();
} else {
  // The form's frame came back here. The page around it follows the card.
  await speak(drawFramed, '/words/card');
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

/** A form that is not to be had any more has run out, whether or not Compago says so yet. */
function faceOf({ status, checkoutUrl }) {
  if (status === 'pending') return !isWebAddress(checkoutUrl) ? 'expired' : returned ? 'checking' : 'save';
  return faces.includes(status) ? status : 'unknown';
}

function draw() {
  const face = faceOf(view);
  byId('panel').dataset.face = face;
  // Of a link that ran out it is not known before Compago says so that no card was saved.
  const isEnded = face === 'expired' && view.status !== 'expired';
  say(word(face), word(isEnded ? 'endedText' : `${face}Text`));
  byId('promises').hidden = face !== 'save';
  drawFacts(face);
  const wasInForm = drawForm(face);
  drawActions(face, wasInForm);
  drawHelp(face);
  showTrouble();
}

/** What has not changed is not said again. */
function say(headline, text) {
  for (const [id, textContent] of [['headline', headline], ['lead', text]])
    if (byId(id).textContent !== textContent) byId(id).textContent = textContent;
  document.title = word('pageTitle', { headline });
}

function drawFacts(face) {
  const { network, lastFourDigits } = view.card ?? {};
  const told = face === 'active' && Boolean(network || lastFourDigits);
  byId('facts').hidden = !told && face !== 'save';
  byId('card-row').hidden = !told;
  byId('expires-row').hidden = face !== 'save';
  if (told) {
    const name = networks[network] ?? network ?? '';
    byId('card').textContent = lastFourDigits ? word('ending', { name, digits: lastFourDigits }).trim() : name;
  }
  if (face === 'save') byId('expires').textContent = word('deviceTime', { time: moment(view.expiresAt) });
}

const isEmbedded = () => view.displayMode === 'EMBEDDED';

/** Tells whether a form with the focus in it went away. */
function drawForm(face) {
  if (face !== 'save' || !isEmbedded()) return hideForm();
  showForm(view.checkoutUrl, word('formTitle'), () => {
    returned = true;
    draw();
    // Nothing but a reason to ask at once.
    follow();
  });
  return false;
}

function drawActions(face, wasInForm) {
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
  place.replaceChildren(...(actions[face]?.() ?? []));
  if (focused) place.querySelector('a, button')?.focus();
}

function showFormAgain() {
  returned = false;
  draw();
  byId('form').querySelector('iframe')?.focus();
}

function drawHelp(face) {
  const shopLink = byId('shop-email');
  const [before, after = ''] = word('help', { email: '\n' }).split('\n');
  const link = element('a', { href: shopLink.href, textContent: shopLink.textContent });
  byId('help').replaceChildren(before, link, after);
  byId('help').hidden = calm.includes(face);
}

function showTrouble() {
  const offline = navigator.onLine === false;
  const face = faceOf(view);
  byId('offline').hidden = !(offline || trouble);
  byId('offline').textContent = word(offline ? 'offlineWait' : 'wait.slow');
  showPicture(offline && face !== 'active' ? 'offline' : face);
}

function showPicture(name) {
  for (const drawn of document.querySelectorAll('[data-picture]'))
    drawn.toggleAttribute('hidden', drawn.dataset.picture !== name);
}

function drawFramed() {
  byId('panel').dataset.face = 'framed';
  say(word('framed'), word('framedText'));
  showPicture('checking');
}
