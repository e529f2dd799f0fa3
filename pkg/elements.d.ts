import type { OrderCreated } from './clients.js';
import type { CompagoError, OrderStatus } from './status.js';

/** A line of a cart. */
export interface CartLine {
  /** Which item, by its code in the catalog. */
  readonly sku: string;
  /** How many of it: 1 to 99. */
  readonly quantity: number;
}

/** What is in a cart. */
export interface CartContent {
  /** The lines in the order in which they were added, also of items that are sold out or no longer in the catalog. */
  readonly items: readonly CartLine[];
}

/** The events that an element dispatches. Each bubbles, and crosses shadow trees. */
export interface CompagoElementEventMap {
  /** An order can be paid. `preventDefault()` keeps the page from going to the checkout. */
  'compago-created': CustomEvent<OrderCreated>;
  /** A new version of an order's status. */
  'compago-status': CustomEvent<OrderStatus>;
  /** Why something did not work; the element says it as well. Match on `detail.code`. */
  'compago-error': CustomEvent<CompagoError>;
  /** What is in the cart: when its element is connected, and after each change, also by another tab. */
  'compago-cart': CustomEvent<CartContent>;
}

/** The attributes that all elements have. */
export interface CompagoAttributes {
  /** The address of the Worker; by default the origin that `elements-define.js` was loaded from, otherwise the page's own. */
  worker?: string | undefined;
  /** By default English where `lang` of the nearest element around it is, and Spanish of Mexico everywhere else. */
  language?: 'es-MX' | 'en' | undefined;
}

/** The attributes of elements that sell. */
export interface CompagoSellingAttributes extends CompagoAttributes {
  /** The page to which the payer comes back, with `?order=`; by default this one, and on the Worker's own origin its return page. */
  'return-url'?: string | undefined;
  /** The code of the only shipping method, or `none`; by default the payer chooses one of the catalog. */
  shipping?: string | undefined;
}

/** The attributes of `<compago-pay>`. */
export interface CompagoPayAttributes extends CompagoSellingAttributes {
  /** Which item, by its code in the catalog. */
  sku: string;
  /** How many: 1 to 99, by default 1; with any other quantity nothing is sold, and the code of `compago-error` is `invalid-quantity`. */
  quantity?: number | `${number}` | undefined;
  /** Adds the item to the cart of the page, which `<compago-cart>` shows, instead of asking for the payer's details. */
  cart?: boolean | undefined;
}

/** The attributes of `<compago-cart>`. */
export interface CompagoCartAttributes extends CompagoSellingAttributes {}

/** The attributes of `<compago-order>`. */
export interface CompagoOrderAttributes extends CompagoAttributes {
  /** The order's capability; by default that of an order that is created on the page, otherwise `?order=` of its address. */
  order?: string | undefined;
}

/** What all elements have. A property that is set to undefined or null removes its attribute. */
declare abstract class CompagoElement extends HTMLElement {
  /** See {@link CompagoAttributes}. Reads as the language in use. */
  get language(): 'es-MX' | 'en';
  /** Undefined or null removes the attribute. */
  set language(value: 'es-MX' | 'en' | null | undefined);
  /** See {@link CompagoAttributes}. Reads as the address in use, without a slash at its end. */
  get worker(): string;
  /** Undefined or null removes the attribute. */
  set worker(value: string | null | undefined);
}

/** What the elements that sell have: the catalog's items and prices, and the dialog in which a payer enters what Compago needs. */
declare abstract class SellingElement extends CompagoElement {
  /** See {@link CompagoSellingAttributes}; empty unless it is set. */
  get returnUrl(): string;
  /** Undefined or null removes the attribute. */
  set returnUrl(value: string | null | undefined);
  /** See {@link CompagoSellingAttributes}; empty unless it is set. */
  get shipping(): string;
  /** Undefined or null removes the attribute. */
  set shipping(value: string | null | undefined);
}

/**
 * `<compago-pay>` sells one item of the Worker's catalog: its name and price, and a button that opens a dialog with the form that Compago
 * needs, from where the payer goes to the checkout. With `cart`, the button adds the item to the cart. Its attributes are
 * {@link CompagoPayAttributes}. Its content is shown where there is no JavaScript, or none that the browser can run.
 *
 * Parts and custom properties are listed in `custom-elements.json`, where editors find them. Colours follow the page's `color-scheme`.
 *
 * ```html
 * <script type="module" src="https://shop.example/pkg/elements-define.js"></script>
 * <compago-pay sku="cafe-altos-340" quantity="2">Pide por teléfono: 222 123 4567.</compago-pay>
 * ```
 */
export declare class CompagoPay extends SellingElement {
  /** Which item, by its code in the catalog. */
  get sku(): string;
  /** Undefined or null removes the attribute. */
  set sku(value: string | null | undefined);
  /** How many: 1 to 99; by default 1. */
  get quantity(): number;
  /** Undefined or null removes the attribute. */
  set quantity(value: number | null | undefined);
  /** Whether the button adds the item to the cart of the page. */
  get cart(): boolean;
  /** Undefined, null and false remove the attribute. */
  set cart(value: boolean | null | undefined);
}

/**
 * `<compago-cart>` shows the cart of the page's buyer and sells what is in it. The pages of an origin have one cart for each Worker, which
 * lasts until its order is paid. Its attributes are {@link CompagoCartAttributes}.
 *
 * ```html
 * <script type="module" src="https://shop.example/pkg/elements-define.js"></script>
 * <compago-pay sku="taza-barro" cart></compago-pay>
 * <compago-cart></compago-cart>
 * ```
 */
export declare class CompagoCart extends SellingElement {
  /** What is in the cart, also items that are sold out or no longer in the catalog. */
  readonly items: CartLine[];
  /** Adds to the quantity of an item, by default 1. Returns whether all of it fits: a cart holds 99 of an item and 50 items. */
  add(sku: string, quantity?: number): boolean;
  /** Empties the cart. */
  clear(): void;
}

/**
 * `<compago-order>` shows the status of an order until nothing changes by itself any more, and lets the payer cancel it or pay again.
 * Without an order it is hidden. Its attributes are {@link CompagoOrderAttributes}.
 *
 * ```html
 * <script type="module" src="https://shop.example/pkg/elements-define.js"></script>
 * <compago-order></compago-order>
 * ```
 */
export declare class CompagoOrder extends CompagoElement {
  /** See {@link CompagoOrderAttributes}. Reads as the order that is shown, or an empty string. */
  get order(): string;
  /** Undefined or null removes the attribute. */
  set order(value: string | null | undefined);
}

/** The options of {@link define}. */
export interface DefineOptions {
  /**
   * The address of `compago-edge/elements.css`: before Safari 16.4 and Firefox 101 the elements load their styles from there, which a policy
   * with `style-src` and that origin allows; without it they bring a `<style>` element.
   */
  stylesheet?: string;
  /** The address of the Worker, for elements without a `worker` attribute; by default the page's own origin. */
  worker?: string | undefined;
}

/**
 * Registers the elements, once; where there are no custom elements, such as on a server, it does nothing.
 *
 * ```js
 * import { define } from 'compago-edge/elements';
 *
 * define(undefined, { worker: 'https://shop.example' });
 * ```
 */
export declare function define(registry?: CustomElementRegistry, options?: DefineOptions): void;

declare global {
  interface HTMLElementTagNameMap {
    /** Sells one item, or adds it to the cart. */
    'compago-pay': CompagoPay;
    /** Shows the cart and sells what is in it. */
    'compago-cart': CompagoCart;
    /** Shows the status of an order. */
    'compago-order': CompagoOrder;
  }
  /** For listeners of a page, which hear the events of all elements. */
  interface GlobalEventHandlersEventMap extends CompagoElementEventMap {}
}

// What is not marked as exported is not.
export {};
