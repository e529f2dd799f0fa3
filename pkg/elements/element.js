// What both elements are: a shadow tree that a strict content security policy allows, words, events.
import { css } from './style.js';
import { words } from './words.js';

/** The styles as a sheet that all elements share; undefined where sheets cannot be constructed. */
const sheet = construct();

function construct() {
  try {
    const made = new CSSStyleSheet();
    made.replaceSync?.(css);
    return 'adoptedStyleSheets' in document ? made : undefined;
  } catch {
    return undefined;
  }
}

export class CompagoElement extends (globalThis.HTMLElement ?? Object) {
  connectedCallback() {
    // What was set before this class was known would hide its setter for ever.
    for (const name of this.constructor.observedAttributes) {
      if (!Object.getOwnPropertyNames(this).includes(name)) continue;
      const { [name]: value } = this;
      delete this[name];
      this[name] = value;
    }
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    if (sheet && 'adoptedStyleSheets' in root) root.adoptedStyleSheets = [sheet];
    this.start();
  }

  /** Shows `content` and nothing else. Where no sheet is shared, each tree brings its own. */
  fill(content) {
    this.shadowRoot.replaceChildren(...(sheet ? [] : [make('style', {}, css)]), content);
  }

  attributeChangedCallback(_, before, now) {
    if (before !== now && this.isConnected && this.shadowRoot) this.start();
  }

  get language() {
    return this.getAttribute('language') === 'en' ? 'en' : 'es-MX';
  }
  set language(value) {
    this.setAttribute('language', value);
  }

  get origin() {
    return this.getAttribute('origin') ?? '';
  }
  set origin(value) {
    this.setAttribute('origin', value);
  }

  /** The word under `key`, with `{names}` filled in. */
  word(key, values = {}) {
    return words[this.language][key].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
  }

  money(amount) {
    const format = new Intl.NumberFormat(this.language, { style: 'currency', currency: 'MXN', currencyDisplay: 'narrowSymbol' });
    return `${format.format(amount)} MXN`;
  }

  /** Fires `compago-<name>`; false if somebody prevented what follows by itself. */
  tell(name, detail) {
    return this.dispatchEvent(new CustomEvent(`compago-${name}`, { detail, bubbles: true, composed: true, cancelable: true }));
  }

  /**
   * Tells of an order that can be paid, and goes there unless somebody prevents it or left: resolves to false at once then, and
   * to true if the page is still here some time after it went.
   */
  async goToCheckout(created) {
    const goes = this.tell('created', created) && this.isConnected;
    if (!goes) return false;
    if (!/^https?:/.test(created.checkoutUrl)) return true;
    location.assign(created.checkoutUrl);
    await new Promise((resolve) => setTimeout(resolve, 8000));
    return true;
  }

  part(name) {
    return this.shadowRoot.querySelector(`[part~="${name}"]`);
  }
}

/** An element with attributes, listeners (`onclick`) and children. */
export function make(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, '');
    else if (value !== undefined && value !== false) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}
