// What a page remembers in this browser. Where storage is forbidden or full, the page itself remembers it, and its entry in the
// browser's history: it is still known after a reload, and after the way back from another page.

/** A value of the tab: it goes with a duplicated tab and ends with it. */
export const ofTab = (key) => place(() => sessionStorage, key);

/** A value that the browser's tabs share. */
export const ofBrowser = (key) => place(() => localStorage, key);

/** Whether what is kept for all tabs outlasts the page. */
export function canKeep() {
  try {
    localStorage.setItem('probe', '');
    localStorage.removeItem('probe');
    return true;
  } catch {
    return false;
  }
}

function place(storage, key) {
  let memory;
  const remembered = () => memory ?? history.state?.kept?.[key];
  const remember = (value) => {
    if (value === remembered()) return;
    memory = value;
    try {
      history.replaceState({ ...history.state, kept: { ...history.state?.kept, [key]: value } }, '');
    } catch {
      // Too often in a short time, or too large: it lasts as long as the page.
    }
  };
  return {
    read() {
      try {
        return JSON.parse(storage().getItem(key)) ?? remembered();
      } catch {
        return remembered();
      }
    },
    write(value) {
      try {
        storage().setItem(key, JSON.stringify(value));
        remember();
      } catch {
        remember(value);
      }
    },
    drop() {
      remember();
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
