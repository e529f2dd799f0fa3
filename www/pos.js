// The till: the sign-in form, the pad, and the scenes of a charge; one of them is shown. What the status of a charge is,
// the Worker tells; the page repeats it.
import { byId } from '/lib/dom.js';
import { speak, word } from '/lib/words.js';
import { dismiss } from '/staff/ask.js';
import { askToSignIn, drawSignIn, isGood, setUpSignIn } from '/staff/sign-in.js';
import { endSession } from '/staff/sign-out.js';
import { actionsOf, canGoBack, goBack, isFreeToGo } from './pos/actions.js';
import { signIn, signOut } from './pos/calls.js';
import { begin, isOver, leave, resume, sceneNow, setUpFlow, stop, wake } from './pos/flow.js';
import { current, session } from './pos/kept.js';
import { drawNet, setUpNet } from './pos/net.js';
import { drawPad, fill, isEmpty, setUpPad, showProblem } from './pos/pad.js';
import { clearScene, drawScene } from './pos/screen.js';
import { isOn, prepare, turn } from './pos/sound.js';
import { chooseTerminal, chosen, drawTerminals, forget, setUpTerminals } from './pos/terminals.js';
import { setUpPaper } from './pos/ticket.js';

const signInForm = byId('sign-in');
const pad = byId('sale');
const back = byId('back');
/** Whether the page itself gives up the place of a charge in the browser's history: that takes a moment. */
let goingBack = false;

setUpFlow({ show, toPad, toSignIn, isIdle });
setUpSignIn({ enter: async (token) => session.write(await signIn(token)), onSignedIn: resume });
setUpPad(charge);
setUpTerminals();
setUpPaper();
setUpNet();
prepare();

byId('sound').addEventListener('click', () => {
  turn(!isOn());
  drawHead();
});
byId('sign-out').addEventListener('click', async () => {
  await endSession(signOut);
  session.drop();
  toSignIn();
});
back.addEventListener('click', () => goBack(sceneNow()));
addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || back.hidden || document.querySelector('dialog[open]')) return;
  // The question that this may open must not be closed by the same key.
  event.preventDefault();
  goBack(sceneNow());
});
// The browser's back button leaves the charge, not the till, and asks like the page's own.
addEventListener('popstate', () => {
  const scene = sceneNow();
  const isOurs = goingBack;
  goingBack = false;
  if (!scene || history.state?.charge) return;
  if (isOurs) return markHistory();
  if (isFreeToGo(scene)) return void goBack(scene);
  markHistory();
  if (canGoBack(scene)) goBack(scene);
});
addEventListener('pageshow', ({ persisted }) => persisted && start());
document.addEventListener('visibilitychange', () => !document.hidden && wake());

// Another tab of this till signed in or out, began a charge, or went on to the next sale.
session.onElsewhere(() => {
  if (!isGood(session)) toSignIn();
  else if (!signInForm.hidden) resume();
});
current.onElsewhere(() => {
  const scene = sceneNow();
  if (scene ? !scene.charge || !isOver(scene.charge) : !isIdle()) return;
  if (current.read()) resume();
  else if (scene) leave({});
});

await speak(draw, '/words/pos');
start();

function start() {
  if (isGood(session)) resume();
  else toSignIn();
}

/** Whether nobody is at anything here. */
function isIdle() {
  return !pad.hidden && isEmpty() && !document.querySelector('dialog[open]');
}

/** What was typed becomes a charge, once a terminal was chosen. */
function charge(typed) {
  const terminalCode = chosen();
  if (terminalCode === undefined) return chooseTerminal({ then: () => charge(typed) });
  return begin({ ...typed, ...(terminalCode && { terminalCode }) });
}

function show(scene) {
  if (pad.hidden === false) markHistory();
  pad.hidden = true;
  signInForm.hidden = true;
  // What a question was about may have changed with the scene.
  if (scene.name !== document.documentElement.dataset.scene) dismiss();
  back.hidden = !canGoBack(scene);
  drawScene(scene, actionsOf(scene));
  drawNet();
  drawHead();
}

/**
 * Shows the pad: with what was typed (`keep`), with a `charge`'s amount and reference, or empty; and with what an `error`
 * says about it.
 */
function toPad({ keep, charge: filled, error } = {}) {
  clear();
  pad.hidden = false;
  if (!keep) fill(filled);
  giveUpHistory();
  draw();
  byId('pad-title').focus({ preventScroll: true });
  if (error) showRefusal(filled, error);
}

function showRefusal({ terminalCode }, { code, errors }) {
  if (code === 'terminal-not-found') {
    forget(terminalCode);
    return chooseTerminal({ code: terminalCode, problem: word('terminalNotFound', { code: terminalCode }) });
  }
  for (const { pointer, detail } of errors) {
    if (pointer === '/terminalCode') chooseTerminal({ code: terminalCode, problem: detail || word('refused') });
    else showProblem(pointer === '/reference' ? 'reference' : 'amount', detail || word('refused'));
  }
  return undefined;
}

function toSignIn(reason) {
  session.drop();
  stop();
  clear();
  pad.hidden = true;
  signInForm.hidden = false;
  draw();
  askToSignIn(reason);
}

function clear() {
  dismiss();
  back.hidden = true;
  signInForm.hidden = true;
  clearScene();
}

function draw() {
  drawHead();
  drawSignIn();
  drawTerminals();
  drawPad();
  drawNet();
  const scene = sceneNow();
  if (scene) show(scene);
  else document.title = word('pageTitle', { headline: word(signInForm.hidden ? 'newSale' : 'signInTitle') });
}

function drawHead() {
  byId('sound').setAttribute('aria-pressed', String(isOn()));
  byId('sign-out').hidden = pad.hidden;
}

/** A place in the browser's history for the charge, so that its back button leads to the pad. */
function markHistory() {
  if (!history.state?.charge) history.pushState({ charge: true }, '');
}

function giveUpHistory() {
  if (goingBack || !history.state?.charge) return;
  goingBack = true;
  history.back();
}
