// What a page for staff remembers in this browser: nothing about a person, no card, no token.

/** A value of the tab: it goes with a duplicated tab and ends with it. */
export const ofTab = (key) => place(() => sessionStorage, key);

/** A value that the browser's tabs share. */
export const ofBrowser = (key) => place(() => localStorage, key);

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
