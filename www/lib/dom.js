// Helpers for the document.

export const byId = (id) => document.getElementById(id);

/** Creates an element with properties, `data`, attributes and children. */
export function element(name, { data = {}, attributes = {}, ...properties } = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    // Older browsers have the attributes, but not these properties.
    if (/^aria[A-Z]|^role$/.test(key)) made.setAttribute(key.replace(/^aria/, 'aria-').toLowerCase(), value);
    else made[key] = value;
  }
  Object.assign(made.dataset, data);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** Creates a button, or with `href` a link that looks like one. */
export function action(label, { href, onClick, kind = '' }) {
  const className = `button ${kind}`.trim();
  if (href) return element('a', { className, href, textContent: label });
  const button = element('button', { className, type: 'button', textContent: label });
  // It stays focusable while it works; further presses are ignored.
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

/** Opens a modal dialog. A browser without dialogs shows it in the page, at the lower edge. */
export function openDialog(dialog) {
  if (dialog.hasAttribute('open')) return;
  const plain = !('showModal' in dialog);
  dialog.classList.toggle('plain', plain);
  if (plain) for (const type of ['click', 'keydown']) addEventListener(type, keepInside, true);
  dialog.showModal?.();
  dialog.setAttribute('open', '');
}

/** Imitates a modal dialog: Escape closes it, and nothing outside can be pressed. */
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
  // Asynchronously, as browsers do.
  setTimeout(() => dialog.dispatchEvent(new Event('close')));
}

/** Shows `notice` while the device is offline; `onOffline` is called when that begins. */
export function showOffline(notice, onOffline) {
  const show = () => {
    notice.hidden = navigator.onLine !== false;
  };
  addEventListener('online', show);
  addEventListener('offline', () => {
    show();
    onOffline();
  });
  show();
}

/** Navigates to a URL that came as data. Resolves if this page is still shown after some time: then the user needs another way. */
export async function leaveFor(url) {
  if (!isWebAddress(url)) return;
  location.assign(url);
  await new Promise((resolve) => setTimeout(resolve, leavingMs));
}

/** How long navigation may take before a link is offered. */
const leavingMs = 8000;

/** Returns whether a URL that came as data is one of a web page. */
export function isWebAddress(url) {
  try {
    return ['https:', 'http:'].includes(new URL(url).protocol);
  } catch {
    return false;
  }
}
