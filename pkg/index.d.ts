import type { BillingField, Checks, InitInput, ShopClient, State } from './compago_js.js';

export type {
  BillingField,
  Catalog,
  Checks,
  Localized,
  OrderCreated,
  OrderRequest,
  OrderStatus,
  Problem,
  ShopClient,
  State,
} from './compago_js.js';
export * from './status.js';

/** What the wasm offers. */
export interface Compago {
  /** The Worker's own checks, in a language; made once per language. */
  checks(language?: 'es-MX' | 'en'): Checks;
  /** A client of the Worker at `origin`, by default the page's own. It rejects with `ShopError`. */
  shop(options?: { origin?: string; language?: 'es-MX' | 'en' }): ShopClient;
  states(): State[];
  billingFields(): BillingField[];
}

/** Loads the wasm once. `source` where it cannot be fetched from beside this file: a URL, a Response, bytes, a module. */
export function load(source?: InitInput | Promise<InitInput>): Promise<Compago>;
