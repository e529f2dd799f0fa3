// What the till remembers in this browser: nothing about a person, no card, no token.
//
// In the tab (it goes with a duplicated tab and ends with it): what was typed, and the request that has no answer yet.
// In the browser (shared by its tabs): the charge that runs or was last shown, the terminals, the switches.
import { ofBrowser, ofTab } from '/lib/kept.js';

/** `{ centavos, reference }` */
export const draft = ofTab('pos.draft');

/** `{ key, body }`: a charge that was sent and has no answer yet. It goes out again under the same key until it has one. */
export const unanswered = ofTab('pos.unanswered');

/**
 * The charge on the screen: `{ intent, own }`, or `{ lost }`, its last known shape, where no call can ask for it. `own`
 * tells whether this browser began it.
 */
export const current = ofBrowser('pos.current');

/** Until when the session is good, as far as a page can tell: its cookie is out of reach. */
export const session = ofBrowser('pos.session');

/** `{ chosen, known }`: codes; `chosen` is null for any terminal, and missing until one was chosen. */
export const terminals = ofBrowser('pos.terminals');

/** `{ sound, paper }` */
export const switches = ofBrowser('pos.switches');
