// Values that a page stores in this browser. Where storage is forbidden or full, the page holds them, and its entry in the browser's
// history: they survive a reload and the back button.

/** A value of the tab: duplicated with it, removed with it. */
export const ofTab = (key) => place(() => sessionStorage, key);

/** A personal value of the tab: where storage is forbidden, it lasts as long as the page and is in no history entry. */
export const personalOfTab = (key) => place(() => sessionStorage, key, { inHistory: false });

/** A value shared by the browser's tabs. */
export const ofBrowser = (key) => place(() => localStorage, key);

/** Returns whether values for all tabs outlast the page. */
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
  /** Undefined while the history entry applies; null means no value. */
  let memory;
  const remembered = () => (memory === undefined && inHistory ? history.state?.kept?.[key] : memory) ?? undefined;
  const remember = (value) => {
    const isKnown = value === remembered();
    memory = value ?? null;
    if (isKnown || !inHistory) return;
    try {
      history.replaceState({ ...history.state, kept: { ...history.state?.kept, [key]: value } }, '');
    } catch {
      // Too many calls, or too large: it lasts as long as the page.
    }
  };
  const remove = () => {
    try {
      storage().removeItem(key);
    } catch {
      // Nothing is stored.
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
        // Full: the stored value is outdated.
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
