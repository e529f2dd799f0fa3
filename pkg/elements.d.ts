import type { OrderCreated } from './clients.js';
import type { CompagoError, OrderStatus } from './status.js';

/** The events that an element dispatches. Each bubbles, and crosses shadow trees. */
export interface CompagoElementEventMap {
  /** An order can be paid. `preventDefault()` keeps the page from going to the checkout. */
  'compago-created': CustomEvent<OrderCreated>;
  /** A new version of an order's status. */
  'compago-status': CustomEvent<OrderStatus>;
  /** Why something did not work; the element says it as well. Match on `detail.code`. */
  'compago-error': CustomEvent<CompagoError>;
}

/** What both elements have. */
declare abstract class CompagoElement extends HTMLElement {
  /** Listens to an element's own events, and to all others. */
  addEventListener<K extends keyof CompagoElementEventMap>(
    type: K,
    listener: (this: this, event: CompagoElementEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener<K extends keyof HTMLElementEventMap>(
    type: K,
    listener: (this: this, event: HTMLElementEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
  /** Listens no more. */
  removeEventListener<K extends keyof CompagoElementEventMap>(
    type: K,
    listener: (this: this, event: CompagoElementEventMap[K]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener<K extends keyof HTMLElementEventMap>(
    type: K,
    listener: (this: this, event: HTMLElementEventMap[K]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | EventListenerOptions): void;
  /** Spanish of Mexico unless it is `en`. */
  language: 'es-MX' | 'en';
  /** Where the Worker is; by default the page's own origin. A Worker takes orders from pages of its own origin alone. */
  origin: string;
}

/**
 * `<compago-pay>` sells one thing of the Worker's catalog: its name and price, a button, the form that Compago needs, and on to
 * the checkout. The attributes are the properties below.
 *
 * Parts: `box`, `item`, `name`, `price`, `button` (`open`, `pay`), `form`, `field`, `label`, `input`, `error`, `summary`,
 * `summary-title`, `note`, `trouble`. Custom properties: `--compago-accent`, `--compago-on-accent`, `--compago-bad`, `--compago-bad-soft`, `--compago-line`,
 * `--compago-radius`, `--compago-font`. Its colours follow the page's `color-scheme`. Its content is shown where there is no JavaScript,
 * or none that the browser can run.
 *
 * ```html
 * <script type="module" src="/pkg/elements-define.js"></script>
 * <compago-pay sku="cafe-altos-340" quantity="2">Pide por teléfono: 222 123 4567.</compago-pay>
 * ```
 */
export declare class CompagoPay extends CompagoElement {
  /** Which thing, by its name in the catalog. */
  sku: string;
  /** How many; by default 1. */
  quantity: number;
}

/**
 * `<compago-order>` shows the status of an order until nothing changes by itself any more, and lets the payer cancel it or pay
 * again.
 *
 * Parts: `box` (with the status as a second name, such as `paid`), `title`, `text`, `note`, `facts`, `amount`, `reference`,
 * `actions`, `button` (`cancel`, `retry`, `tryAgain`). Custom properties: those of {@link CompagoPay}.
 *
 * ```html
 * <script type="module" src="/pkg/elements-define.js"></script>
 * <compago-order language="en"></compago-order>
 * ```
 */
export declare class CompagoOrder extends CompagoElement {
  /** The order's secret address; by default `?order=` of the page's own address. */
  order: string;
}

/**
 * Registers both elements, once; where there are no custom elements, such as on a server, it does nothing. `stylesheet` is the address
 * of `compago-edge/elements.css`: before Safari 16.4 and Firefox 101 the elements load their styles from there, which a policy with
 * `style-src 'self'` allows; without it they bring a `<style>` element.
 *
 * ```js
 * import { define } from 'compago-edge/elements';
 *
 * define();
 * ```
 */
export declare function define(registry?: CustomElementRegistry, options?: { stylesheet?: string }): void;

declare global {
  interface HTMLElementTagNameMap {
    /** Sells one thing. */
    'compago-pay': CompagoPay;
    /** Shows the status of an order. */
    'compago-order': CompagoOrder;
  }
}

// What is not marked as exported is not.
export {};
