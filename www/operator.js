// The operator's page: the sign-in form, or one view at a time. The view and its filters are in the URL, so that it can be shared and the
// back button works.
import { byId, closeDialog } from '/lib/dom.js';
import { shopName } from '/lib/shop.js';
import { loadLocale, word } from '/lib/words.js';
import { askToSignIn, drawSignIn, isGood, setUpSignIn } from '/staff/sign-in.js';
import { refreshZone, place as shopPlace, unknownZone, useZone } from '/staff/times.js';
import { setUpAddress } from './operator/address.js';
import { closeNav, drawNav, setUpNav } from './operator/nav.js';
import { setUpNet } from './operator/net.js';
import { isShown, leave, redraw, route } from './operator/router.js';
import { enter, goOn, onSignInNeeded, readSession, session, signOut } from './operator/signed-in.js';

const form = byId('sign-in');
const signOutButton = byId('sign-out');

setUpSignIn({ enter, onSignedIn });
setUpNet();
setUpNav();
setUpAddress((how) => {
  if (!form.hidden) return;
  closeNav();
  route(how);
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

await loadLocale(draw, '/words/operator');
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
  // A view that is shown already keeps what was typed.
  if (isShown()) byId('title').focus();
  else route({ focus: true });
}

function showSignIn(reason) {
  session.drop();
  for (const dialog of document.querySelectorAll('dialog[open]')) closeDialog(dialog);
  byId('place').hidden = true;
  drawNav(false);
  signOutButton.hidden = true;
  form.hidden = false;
  drawTitle();
  askToSignIn(reason);
}

function draw() {
  drawTitle();
  drawSignIn();
  drawZone();
  redraw();
}

/** Names the page as long as no view does. */
function drawTitle() {
  if (!isShown()) document.title = `${word('place')} · ${shopName()}`;
}

function drawZone() {
  const [where, zone] = [shopPlace(), unknownZone()];
  byId('zone-note').textContent = zone ? word('zoneUnknown', { place: where, zone }) : word('zoneNote', { place: where });
}
