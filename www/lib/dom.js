// Small helpers over the document.

export const byId = (id) => document.getElementById(id);

/** An element with properties, `data` and attributes set, and children in it. */
export function element(name, { data = {}, attributes = {}, ...properties } = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
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
    if (button.ariaDisabled === 'true') return;
    button.ariaDisabled = 'true';
    try {
      await onClick();
    } finally {
      button.ariaDisabled = 'false';
    }
  });
  return button;
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

/** Follows a link that came as data, if it leads to a web page. */
export function goTo(url) {
  if (isWebAddress(url)) location.assign(url);
}

export const isWebAddress = (url) => URL.canParse(url) && ['https:', 'http:'].includes(new URL(url).protocol);
