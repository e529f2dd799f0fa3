// The base class of all elements: a shadow tree that a strict content security policy allows, words, events.
import { openCheckout } from './navigate.js';
import { css } from './style.js';
import { words } from './words.js';

/** The constructed style sheet that all elements share; undefined in browsers that have none. */
const sheet = construct();

/** The URL of `elements.css`, for browsers without constructed sheets; without it each tree has a `<style>`. */
let stylesheet;

export const styleFrom = (address) => {
  stylesheet = address;
};

function construct() {
  try {
    const made = new CSSStyleSheet();
    made.replaceSync?.(css);
    return 'adoptedStyleSheets' in document ? made : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Returns the styles as an element. A policy with `style-src 'self'` refuses a `<style>` but not a link. A link that fails is replaced by a
 * `<style>`, which a page without a policy allows.
 */
function styles() {
  if (!stylesheet) return make('style', {}, css);
  const onerror = ({ currentTarget }) => currentTarget.replaceWith(make('style', {}, css));
  return make('link', { rel: 'stylesheet', href: stylesheet, onerror });
}

/** Where the Worker is, unless an element has a `worker` attribute: by default at the page's own origin. */
let defaultWorker;

export const workerAt = (address) => {
  defaultWorker = address;
};

const isEnglish = (language) => /^en(-|$)/i.test(language);
/** Sets an attribute to the value of its property; undefined and null remove it. */
export function setAttribute(element, name, value) {
  if (value === undefined || value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}

const propertyOf = (attribute) => attribute.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());

export class CompagoElement extends (globalThis.HTMLElement ?? Object) {
  connectedCallback() {
    // A property set before the upgrade would hide the setter.
    for (const name of this.constructor.observedAttributes.map(propertyOf)) {
      if (!Object.getOwnPropertyNames(this).includes(name)) continue;
      const { [name]: value } = this;
      delete this[name];
      this[name] = value;
    }
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    if (sheet && 'adoptedStyleSheets' in root) root.adoptedStyleSheets = [sheet];
    else if (!root.firstChild) root.append(styles());
    this.start();
  }

  /** Replaces the content. Styles stay, since they would be loaded again, and so do elements with `data-kept`. */
  fill(content) {
    for (const child of [...this.shadowRoot.children]) if (!child.matches('link, style, [data-kept]')) child.remove();
    this.shadowRoot.prepend(content);
  }

  attributeChangedCallback(_, before, now) {
    if (before !== now && this.isConnected && this.shadowRoot) this.start();
  }

  /** The `language` attribute, otherwise the `lang` of the nearest ancestor. */
  get language() {
    return isEnglish(this.getAttribute('language') || this.closest('[lang]')?.lang || '') ? 'en' : 'es-MX';
  }
  set language(value) {
    setAttribute(this, 'language', value);
  }

  /** The address of the Worker, without a slash at its end; empty only in a page without an http address. */
  get worker() {
    const own = globalThis.location?.origin;
    return (this.getAttribute('worker') || defaultWorker || (/^http/.test(own) ? own : '')).replace(/\/+$/, '');
  }
  set worker(value) {
    setAttribute(this, 'worker', value);
  }

  /** Returns the word under `key`, with `{names}` filled in. */
  word(key, values = {}) {
    return words[this.language][key].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
  }

  money(amount) {
    const format = new Intl.NumberFormat(this.language, { style: 'currency', currency: 'MXN', currencyDisplay: 'narrowSymbol' });
    return `${format.format(amount)} MXN`;
  }

  /** Dispatches `compago-<name>`; false if a listener prevented the default. */
  emit(name, detail) {
    return this.dispatchEvent(new CustomEvent(`compago-${name}`, { detail, bubbles: true, composed: true, cancelable: true }));
  }

  /**
   * Emits `compago-created` and goes to the checkout, unless a listener prevents that, the element was removed or it is not `isWanted` any
   * more: then it resolves to false at once. Resolves to true if the page is still here after some time.
   */
  async goToCheckout(created, { isWanted = true } = {}) {
    const goes = this.emit('created', created) && this.isConnected && isWanted;
    if (!goes) return false;
    await openCheckout(created.checkoutUrl);
    return true;
  }

  part(name) {
    return this.shadowRoot.querySelector(`[part~="${name}"]`);
  }
}

/** Creates an element with attributes, listeners (`onclick`) and children. */
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
