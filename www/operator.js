// The operator's desk: the sign-in form, or one view at a time. Which one, with its filters, stands in the address, so that
// it can be sent to a colleague and the browser's own buttons lead through it.
import { byId, closeDialog } from '/lib/dom.js';
import { speak, word } from '/lib/words.js';
import { askToSignIn, drawSignIn, isGood, setUpSignIn } from '/staff/sign-in.js';
import { refreshZone, place as shopPlace, unknownZone, useZone } from '/staff/times.js';
import { setUpAddress } from './operator/address.js';
import { closeNav, drawNav, setUpNav } from './operator/nav.js';
import { setUpNet } from './operator/net.js';
import { isShown, leave, place, redraw } from './operator/place.js';
import { enter, goOn, onSignInNeeded, readSession, session, signOut } from './operator/signed-in.js';

const form = byId('sign-in');
const signOutButton = byId('sign-out');

setUpSignIn({ enter, onSignedIn });
setUpNet();
setUpNav();
setUpAddress((how) => {
  if (!form.hidden) return;
  closeNav();
  place(how);
});
onSignInNeeded(showSignIn);
signOutButton.addEventListener('click', async () => {
  leave();
  await signOut();
  showSignIn();
});
// Another tab signed in or out.
session.onElsewhere(() => {
  if (!isGood(session)) showSignIn();
  else if (!form.hidden) onSignedIn();
});

await speak(draw, '/words/operator');
if (isGood(session)) {
  onSignedIn();
  refreshZone(session, readSession, draw);
} else showSignIn();

function onSignedIn() {
  useZone(session.read());
  drawZone();
  form.hidden = true;
  byId('place').hidden = false;
  drawNav(true);
  signOutButton.hidden = false;
  goOn();
  // What is shown already stays as it was, with all that was typed.
  if (isShown()) byId('title').focus();
  else place({ focus: true });
}

function showSignIn(reason) {
  session.drop();
  for (const dialog of document.querySelectorAll('dialog[open]')) closeDialog(dialog);
  byId('place').hidden = true;
  drawNav(false);
  signOutButton.hidden = true;
  form.hidden = false;
  askToSignIn(reason);
}

function draw() {
  drawSignIn();
  drawZone();
  redraw();
}

function drawZone() {
  const [where, zone] = [shopPlace(), unknownZone()];
  byId('zone-note').textContent = zone ? word('zoneUnknown', { place: where, zone }) : word('zoneNote', { place: where });
}
