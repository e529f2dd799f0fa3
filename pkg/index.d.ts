import type { Problem } from './status.js';
import type { WasmModule } from './wasm-module.js';

export * from './status.js';
export type {
  Address,
  BillingInformation,
  Catalog,
  CatalogItem,
  ChargeOptions,
  ClientOptions,
  CreateOptions,
  Keyed,
  Localized,
  Metadata,
  OrderCreated,
  OrderRequest,
  Seller,
  ShippingMethod,
  ShippingRequest,
  Shop,
  Till,
  TillCharge,
  TillChargeRequest,
  TillOptions,
} from './clients.js';
export { shop, till } from './clients.js';

/** A supported language; by default Spanish of Mexico. */
export type Language = 'es-MX' | 'en';

/** Which body is checked: an order of the shop, or a charge at a terminal. */
export type BodyKind = 'order' | 'payment-intent';

/** How a body is checked. */
export interface CheckOptions {
  /** `order` by default. */
  kind?: BodyKind;
  /** The language of `detail`; by default `es-MX`. */
  language?: Language;
}

/**
 * Loads the wasm, once; later calls answer the same, and after a failure the next one tries again. In a Worker it is at hand
 * without it. `source` takes the place of the wasm that belongs to the package: bytes, a module, or where to fetch it.
 *
 * ```js
 * import { check, load } from 'compago-edge';
 *
 * await load();
 * const problems = check({ items: [] }, { language: 'en' });
 * console.log(problems[0].pointer, problems[0].code); // "/items" "items-empty"
 * ```
 */
export function load(source?: ArrayBuffer | ArrayBufferView | WasmModule | URL | string | Response | Promise<Response>): Promise<void>;

/**
 * All that is wrong with a body, by the Worker's own rules; none if the Worker will take it (but for what it alone knows, such
 * as whether a thing is on sale). Throws `not-loaded` before {@link load}, and a TypeError for what JSON cannot write.
 */
export function check(body: unknown, options?: CheckOptions): Problem[];

/**
 * What is wrong with one field, by its JSON pointer; undefined if nothing is.
 *
 * ```js
 * import { checkField, load } from 'compago-edge';
 *
 * await load();
 * const problem = checkField('/billingInformation/address/zip', '7200', { language: 'en' });
 * console.log(problem.code); // "zip-format"
 * ```
 */
export function checkField(pointer: string, value: unknown, options?: CheckOptions): Problem | undefined;

/** A state of Mexico, by Compago's code. */
export interface State {
  /** Compago's code, such as `PUE`. */
  readonly code: string;
  /** Its name in Spanish, such as `Puebla`. */
  readonly name: string;
}

/**
 * The 32 states in the order of their names.
 *
 * ```js
 * import { load, states } from 'compago-edge';
 *
 * await load();
 * console.log(states().length, states()[0].name); // 32 "Aguascalientes"
 * ```
 */
export function states(): State[];

/** What an input element for one field needs; the values are those of HTML's attributes. */
export interface BillingField {
  /** Where the field is in an order, as a JSON pointer. */
  readonly pointer: string;
  /** For `type`. */
  readonly inputType: string;
  /** For `inputmode`. */
  readonly inputMode: string;
  /** For `autocomplete`. */
  readonly autocomplete: string;
  /** For `maxlength`. */
  readonly maxLength: number;
}

/**
 * The fields of `billingInformation`, all required, in the order in which people think of them.
 *
 * ```js
 * import { billingFields, load } from 'compago-edge';
 *
 * await load();
 * console.log(billingFields()[0].autocomplete); // "email"
 * ```
 */
export function billingFields(): BillingField[];
