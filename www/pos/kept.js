// What the till stores in this browser: nothing about a person, no card, no token.
import { ofBrowser, ofTab } from '/lib/kept.js';

/** `{ typed, reference }`: the amount that was keyed in (entry.js) and the reference as it was typed. */
export const draft = ofTab('pos.draft');

/** `{ reference, typed }`: the reference of the latest charge, and as it was typed. */
export const written = ofTab('pos.written');

/** `{ key, body, unsure }`: a charge that was sent and has no final answer (`sendUntilAnswered`). */
export const unanswered = ofTab('pos.unanswered');

/**
 * The charge on the screen: `{ intent, own, cancelled }`, or with `lost`, its last version, where its id is unknown. `own`: this browser
 * started it; `cancelled`: its external id, if this browser asked to cancel it.
 */
export const current = ofBrowser('pos.current');

/** Whether somebody is signed in: scripts cannot read the session's cookie. */
export const session = ofBrowser('pos.session');

/** `{ chosen, known }`: codes; `chosen` is null for any terminal, and missing before the first choice. */
export const terminals = ofBrowser('pos.terminals');

/** `{ sound, paper }` */
export const switches = ofBrowser('pos.switches');
