// What a page remembers in this browser. Where storage is forbidden or full, the page itself remembers it, and its entry in the
// browser's history: it is still known after a reload, and after the way back from another page.

/** A value of the tab: it goes with a duplicated tab and ends with it. */
export const ofTab = (key) => place(() => sessionStorage, key);

/** A value of the tab about a person: where storage is forbidden it lasts as long as the page, and no entry of the history holds it. */
export const personalOfTab = (key) => place(() => sessionStorage, key, { inHistory: false });

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

function place(storage, key, { inHistory = true } = {}) {
  /** Undefined until this page knows better than its entry in the history; null is nothing. */
  let memory;
  const remembered = () => (memory === undefined && inHistory ? history.state?.kept?.[key] : memory) ?? undefined;
  const remember = (value) => {
    const isKnown = value === remembered();
    memory = value ?? null;
    if (isKnown || !inHistory) return;
    try {
      history.replaceState({ ...history.state, kept: { ...history.state?.kept, [key]: value } }, '');
    } catch {
      // Too often in a short time, or too large: it lasts as long as the page.
    }
  };
  const remove = () => {
    try {
      storage().removeItem(key);
    } catch {
      // There was nothing to drop.
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
        // Full: what is there is the last value, which must not be read any more.
        remove();
        remember(value);
      }
    },
    drop() {
      remember();
      remove();
    },
    /** Calls back when another tab changed it. */
    onElsewhere(change) {
      addEventListener('storage', (event) => {
        if (event.key === key) change();
      });
    },
  };
}
