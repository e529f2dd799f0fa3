// What the till remembers in this browser: nothing about a person, no card, no token.
//
// In the tab (it goes with a duplicated tab and ends with it): what was typed, and the request that has no answer yet.
// In the browser (shared by its tabs): the charge that runs or was last shown, the terminals, the switches.
import { ofBrowser, ofTab } from '/lib/kept.js';

/** `{ typed, reference }`: what the keys have made of the amount (entry.js), and the reference as it was typed. */
export const draft = ofTab('pos.draft');

/** `{ reference, typed }`: the reference of the latest charge, and what somebody typed for it. */
export const written = ofTab('pos.written');

/**
 * `{ key, body, unsure }`: a charge that was sent and has no answer yet. It goes out again under the same key until it has one.
 * `unsure` tells that it may have been carried out all the same.
 */
export const unanswered = ofTab('pos.unanswered');

/**
 * The charge on the screen: `{ intent, own }`, or `{ lost }`, its last known shape, where no call can ask for it. `own`
 * tells whether this browser began it, `cancelled` whether this browser asked to cancel it.
 */
export const current = ofBrowser('pos.current');

/** That somebody has signed in: the session's cookie is out of reach. */
export const session = ofBrowser('pos.session');

/** `{ chosen, known }`: codes; `chosen` is null for any terminal, and missing until one was chosen. */
export const terminals = ofBrowser('pos.terminals');

/** `{ sound, paper }` */
export const switches = ofBrowser('pos.switches');
