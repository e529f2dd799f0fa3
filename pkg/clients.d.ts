import type { CallOptions, FollowOptions, OrderStatus } from './status.js';

/** Text in the languages we speak. */
export interface Localized {
  readonly 'es-MX': string;
  readonly en: string;
}

/** A thing that is for sale. Amounts are decimal text, such as "189.00". */
export interface CatalogItem {
  readonly sku: string;
  readonly name: Localized;
  readonly unitAmount: string;
}

/** What is for sale. */
export interface Catalog {
  readonly currency: 'MXN';
  readonly items: CatalogItem[];
}

/** Who pays. */
export interface BillingInformation {
  email: string;
  firstName: string;
  lastName: string;
  /** Ten digits, or `+` and the country code. */
  phoneNumber: string;
  address: { addressLine: string; city: string; state: string; zip: string };
}

/** The body of an order. It names no price: the Worker computes it. */
export interface OrderRequest {
  items: { sku: string; quantity: number }[];
  billingInformation: BillingInformation;
  /** How long the link can be paid: from 10 up to what the shop allows, which it is unless told (an hour, unless the shop is configured otherwise). */
  ttlMinutes?: number;
}

/** An order that can be paid at `checkoutUrl`. `order` is its secret address, `reference` its name for people. */
export interface OrderCreated {
  readonly order: string;
  readonly reference: string;
  readonly amount: string;
  readonly currency: 'MXN';
  readonly checkoutUrl: string;
  readonly expiresAt: string;
}

/** For every call of a client. */
export interface ClientOptions {
  /** The Worker's origin; by default the page's own. For a till it is `STAFF_ORIGIN`, where there is one. */
  origin?: string;
  /** The language of `detail` in errors. */
  language?: 'es-MX' | 'en';
  /** 20,000 unless told. */
  timeoutMs?: number;
  /** Compago's key has no place in a page: the Worker holds it. */
  apiKey?: never;
}

/** The key under which a call was made. Repeated with it after silence or 503, the call is still made once. */
export interface Keyed {
  readonly idempotencyKey: string;
}

/**
 * Options of `create`. One key for each purchase; a new one unless told, which stands in the result and in the error. With a `signal`
 * it has to be handed in, since the call then rejects with the signal's reason.
 */
export type CreateOptions = Omit<CallOptions, 'signal'> &
  ({ idempotencyKey: string; signal?: AbortSignal } | { idempotencyKey?: string; signal?: never });

/** Options of `charge`: one key for each sale, kept until the sale is settled. */
export interface ChargeOptions extends CallOptions {
  idempotencyKey: string;
}

/** A shop's orders, as a payer's page sees them. Every call rejects with `CompagoError`. */
export interface Shop {
  catalog(options?: CallOptions): Promise<Catalog>;
  /**
   * Orders, and answers where to pay. With the wasm loaded, a body that the Worker would refuse is refused without a call.
   * After silence (`error.temporary`), repeat it with the same body and `error.idempotencyKey`: with another key it is another order.
   */
  create(order: OrderRequest, options?: CreateOptions): Promise<OrderCreated & Keyed>;
  status(order: string, options?: CallOptions): Promise<OrderStatus>;
  /** Each new version of the status, until nothing changes by itself. */
  follow(order: string, options?: FollowOptions): AsyncGenerator<OrderStatus, void>;
  /** A new link for an order whose last one ended without payment; 409 while it may still be paid, or once it was. */
  retry(order: string, options?: CallOptions): Promise<OrderCreated>;
  /** Takes an order back; 409 if it turned out to be paid. */
  cancel(order: string, options?: CallOptions): Promise<OrderStatus>;
}

/**
 * A client of the Worker's shop.
 *
 * ```js
 * import { shop } from 'compago-edge';
 *
 * const client = shop({ origin: 'https://shop.example' });
 * const signal = AbortSignal.timeout(1_000); // such as when the page is left
 * for await (const { status } of client.follow(order, { signal })) console.log(status); // "awaiting-payment"
 * ```
 *
 * An order that is sent again under its key is the same order.
 *
 * ```js
 * import { shop } from 'compago-edge';
 *
 * const client = shop({ origin: 'https://shop.example' });
 * const repeat = (error) => {
 *   if (!error.temporary) throw error;
 *   return client.create(cart, { idempotencyKey: error.idempotencyKey });
 * };
 * const created = await client.create(cart).catch(repeat);
 * const again = await client.create(cart, { idempotencyKey: created.idempotencyKey });
 * console.log(again.order === created.order); // true
 * ```
 */
export function shop(options?: ClientOptions): Shop;

/** A charge to be made at a terminal. */
export interface TillChargeRequest {
  /** Decimal text, such as "350.50". */
  amount: string;
  /** At which terminal; at any unless told. */
  terminalCode?: string;
  /** The merchant's own name for the sale. */
  reference?: string;
  /** Takes back the charge that runs there. */
  takeOver?: boolean;
}

/** A charge at a terminal. `intent` is null while Compago has not told its id. */
export interface TillCharge {
  readonly intent: string | null;
  readonly status: 'waiting' | 'paid' | 'expired' | 'cancelled' | 'cancel-requested' | 'unknown';
  readonly amount: string;
  readonly currency: 'MXN';
  readonly reference: string | null;
  readonly externalId: string;
  readonly terminalCode: string | null;
  readonly deepLink: string | null;
  readonly expiresAt: string;
  readonly card?: { readonly network: string | null; readonly lastFourDigits: string | null };
  /** Once it is paid. */
  readonly paidAt?: string;
  readonly pollAfterMs: number | null;
  readonly version: number;
}

/** Charges at card terminals. Every call rejects with `CompagoError`. */
export interface Till {
  /**
   * Charges. The key is demanded: after silence (`error.temporary`) the charge may be at the terminal, and repeated with the same body
   * and key it is the same charge; with another key the card may be charged twice.
   */
  charge(charge: TillChargeRequest, options: ChargeOptions): Promise<TillCharge & Keyed>;
  status(intent: string, options?: CallOptions): Promise<TillCharge>;
  /** The latest charge of a terminal: a till that was reloaded goes on from here. */
  current(terminalCode: string, options?: CallOptions): Promise<TillCharge>;
  /** Each new version of the charge, until nothing changes by itself. `unknown` means: look at the terminal. */
  follow(intent: string, options?: FollowOptions): AsyncGenerator<TillCharge, void>;
  /** Takes a charge back; its status says `paid` if it was paid in the race. */
  cancel(intent: string, options?: CallOptions): Promise<TillCharge>;
}

export interface TillOptions extends ClientOptions {
  /**
   * The cashier's token; a page that has signed in needs none. It is sent over https only, or to this machine (`localhost`,
   * `127.0.0.1`, `[::1]`), and follows no redirect.
   */
  token?: string;
}

/**
 * A client for charges at terminals.
 *
 * ```js
 * import { till } from 'compago-edge';
 *
 * const client = till({ origin: 'https://shop.example', token });
 * const idempotencyKey = crypto.randomUUID(); // one for each sale: keep it until the sale is settled
 * const { intent } = await client.charge({ amount: '350.50', terminalCode: 'TERM-01' }, { idempotencyKey });
 * const signal = AbortSignal.timeout(1_000); // such as when the page is left
 * for await (const { status } of client.follow(intent, { signal })) console.log(status); // "waiting"
 * ```
 */
export function till(options?: TillOptions): Till;
