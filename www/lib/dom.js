// Small helpers over the document.

export const byId = (id) => document.getElementById(id);

/** An element with properties, `data` and attributes set, and children in it. */
export function element(name, { data = {}, attributes = {}, ...properties } = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    // These properties came late to some browsers; the attributes did not.
    if (/^aria[A-Z]|^role$/.test(key)) made.setAttribute(key.replace(/^aria/, 'aria-').toLowerCase(), value);
    else made[key] = value;
  }
  Object.assign(made.dataset, data);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** A button, or with `href` a link that looks like one. */
export function action(label, { href, onClick, kind = '' }) {
  const className = `button ${kind}`.trim();
  if (href) return element('a', { className, href, textContent: label });
  const button = element('button', { className, type: 'button', textContent: label });
  // Stays focusable while it works; a second press does nothing.
  button.addEventListener('click', async () => {
    if (button.getAttribute('aria-disabled') === 'true') return;
    button.setAttribute('aria-disabled', 'true');
    try {
      await onClick();
    } finally {
      button.setAttribute('aria-disabled', 'false');
    }
  });
  return button;
}

/** Opens a dialog above the page; a browser without dialogs shows it as a part of the page, at its lower edge. */
export function openDialog(dialog) {
  if (dialog.hasAttribute('open')) return;
  const plain = !('showModal' in dialog);
  dialog.classList.toggle('plain', plain);
  if (plain) for (const type of ['click', 'keydown']) addEventListener(type, keepInside, true);
  dialog.showModal?.();
  dialog.setAttribute('open', '');
}

/** As with a modal dialog, Escape closes it, and nothing outside is pressed. */
function keepInside(event) {
  const dialog = document.querySelector('dialog.plain[open]');
  if (!dialog || event.key === 'Tab') return;
  if (event.key === 'Escape') closeDialog(dialog);
  else if (dialog.contains(event.target)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

export function closeDialog(dialog) {
  if (!dialog.hasAttribute('open')) return;
  if (dialog.close) return dialog.close();
  dialog.removeAttribute('open');
  // Later, as browsers tell it.
  setTimeout(() => dialog.dispatchEvent(new Event('close')));
}

/** Shows `notice` while there is no network, and calls back when that begins. */
export function tellOffline(notice, onOffline) {
  const tell = () => {
    notice.hidden = navigator.onLine !== false;
  };
  addEventListener('online', tell);
  addEventListener('offline', () => {
    tell();
    onOffline();
  });
  tell();
}

/**
 * Leaves for a page whose link came as data. Resolves if this page is still here some time later: whoever waits there needs
 * another way on.
 */
export async function leaveFor(url) {
  if (!isWebAddress(url)) return;
  location.assign(url);
  await new Promise((resolve) => setTimeout(resolve, leavingMs));
}

/** How long a page may take to appear before somebody is offered to go there by hand. */
const leavingMs = 8000;

/** Whether a link that came as data leads to a web page. */
export function isWebAddress(url) {
  try {
    return ['https:', 'http:'].includes(new URL(url).protocol);
  } catch {
    return false;
  }
}
