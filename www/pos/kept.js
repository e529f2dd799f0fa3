// What the till remembers in this browser: nothing about a person, no card, no token.
//
// In the tab (it goes with a duplicated tab and ends with it): what was typed, and the request that has no answer yet.
// In the browser (shared by its tabs): the charge that runs or was last shown, the terminals, the switches.

/** A value in a browser's storage; where that is forbidden or full, it lasts as long as the page. */
function place(storage, key) {
  let fallback;
  return {
    read() {
      try {
        return JSON.parse(storage().getItem(key)) ?? fallback;
      } catch {
        return fallback;
      }
    },
    write(value) {
      fallback = undefined;
      try {
        storage().setItem(key, JSON.stringify(value));
      } catch {
        fallback = value;
      }
    },
    drop() {
      fallback = undefined;
      try {
        storage().removeItem(key);
      } catch {
        // There was nothing to drop.
      }
    },
    /** Calls back when another tab changed it. */
    onElsewhere(change) {
      addEventListener('storage', (event) => {
        if (event.key === key) change();
      });
    },
  };
}
const ofTab = (key) => place(() => sessionStorage, key);
const ofBrowser = (key) => place(() => localStorage, key);

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
