import type { Metadata, OrderCreated, OrderRequest, OrderStatus } from './order-values.js';
import type { CallOptions, FollowOptions } from './status.js';

export type { Address, BillingInformation, Metadata, OrderCreated, OrderRequest, ShippingRequest } from './order-values.js';

/** Text in each supported language. */
export interface Localized {
  /** Spanish of Mexico. */
  readonly 'es-MX': string;
  /** English. */
  readonly en: string;
}

/** A thing that is for sale. */
export interface CatalogItem {
  /** Its name in orders: letters, digits, hyphens and underscores. */
  readonly sku: string;
  /** Its name for people. */
  readonly name: Localized;
  /** What one costs: decimal text of pesos, such as "189.00". */
  readonly unitAmount: string;
  /** Whether it can be bought; one that is sold out is `false`. */
  readonly available: boolean;
}

/** A way in which an order reaches the customer. */
export interface ShippingMethod {
  /** Its name in orders: lower-case letters, digits and hyphens. */
  readonly method: string;
  /** Its name for people. */
  readonly name: Localized;
  /** What it costs: decimal text of pesos, "0.00" if nothing. */
  readonly amount: string;
  /** Free when the items add up to this amount or more. */
  readonly freeFrom?: string;
  /** Whether the customer picks the order up. */
  readonly pickup: boolean;
}

/** Who sells, as the shop's file says. */
export interface Seller {
  /** The brand. */
  readonly name: string;
  /** The name of the company or the person who sells. */
  readonly legalName?: string;
  /** Their tax id in Mexico. */
  readonly rfc?: string;
  /** Where the shop is. */
  readonly address: string;
  /** Where customers call, as the shop writes it. */
  readonly phone?: string;
  /** Where customers write. */
  readonly email: string;
  /** Where customers write by WhatsApp, as the shop writes it. */
  readonly whatsapp?: string;
  /** The languages of the shop's pages. */
  readonly languages: ('es-MX' | 'en')[];
  /** A name of the IANA time zone database, such as "America/Mexico_City". */
  readonly timeZone: string;
  /** The URL of the privacy notice. */
  readonly privacyNotice: string;
  /** The URL of the terms of sale. */
  readonly terms?: string;
  /** The URL of the page about exchanges and returns. */
  readonly returns?: string;
}

/** What is for sale, and who sells it. */
export interface Catalog {
  /** Mexican pesos, the one currency. */
  readonly currency: 'MXN';
  /** In the shop's order. */
  readonly items: CatalogItem[];
  /** The shipping methods, in the shop's order; empty if the shop offers no choice. */
  readonly shippingMethods: ShippingMethod[];
  /** Whether an order must name one of them. */
  readonly shippingRequired: boolean;
  /** Where payments are made: only in `production` is the money real. */
  readonly environment: 'production' | 'demo' | 'local';
  /** Who sells. */
  readonly shop: Seller;
}

/** For every call of a client. */
export interface ClientOptions {
  /**
   * The Worker's origin, as text or URL; in a page by default its own. A page of another origin calls {@link shop} if that origin is in the
   * Worker's `EMBED_ORIGINS`, and {@link till} never.
   */
  origin?: string | URL;
  /** The language of `detail` in errors. */
  language?: 'es-MX' | 'en';
  /** How long an answer is waited for, in milliseconds; 20,000 by default. */
  timeoutMs?: number;
  /** Compago's key has no place in a page: the Worker holds it. */
  apiKey?: never;
}

/** The key under which a call was made. Repeated with it after a lost answer or 503, the call is still made once. */
export interface Keyed {
  /** Kept until the purchase or sale is settled. */
  readonly idempotencyKey: string;
}

/**
 * Options of `create`. One key for each purchase; by default a new one, which the result and the error carry. With a `signal`
 * it has to be passed, since the call then rejects with the signal's reason.
 */
export type CreateOptions = Omit<CallOptions, 'signal'> &
  (
    | {
        /** Such as `crypto.randomUUID()`. */
        idempotencyKey: string;
        /** Aborts the call: it rejects with the signal's reason, and may have been carried out. */
        signal?: AbortSignal;
      }
    | {
        /** By default a new one. */
        idempotencyKey?: string;
        /** Only together with an `idempotencyKey` of your own. */
        signal?: never;
      }
  );

/** Options of `charge`: one key for each sale, kept until the sale is settled. */
export interface ChargeOptions extends CallOptions {
  /** Such as `crypto.randomUUID()`. */
  idempotencyKey: string;
}

/** A shop's orders, as a payer's page sees them. Every call rejects with `CompagoError`. */
export interface Shop {
  /** Returns what is for sale, and at which prices. */
  catalog(options?: CallOptions): Promise<Catalog>;
  /**
   * Places an order and returns where to pay. Once `load` of `compago-edge` has been waited for, a body that the Worker would refuse is refused without a call.
   * Without an answer (`error.temporary`), repeat it with the same body and `error.idempotencyKey`: with another key it is another order.
   */
  create(order: OrderRequest, options?: CreateOptions): Promise<OrderCreated & Keyed>;
  /** Returns the status of an order, by its secret address. */
  status(order: string, options?: CallOptions): Promise<OrderStatus>;
  /** Each new version of the status, until nothing changes by itself. */
  follow(order: string, options?: FollowOptions): AsyncGenerator<OrderStatus, void>;
  /** Creates a new link for an order whose last one ended without payment; 409 while it may still be paid, or once it was. */
  retry(order: string, options?: CallOptions): Promise<OrderCreated>;
  /** Cancels an order; 409 if it turned out to be paid. */
  cancel(order: string, options?: CallOptions): Promise<OrderStatus>;
}

/**
 * A client of the Worker's shop.
 *
 * ```js
 * import { shop } from 'compago-edge/clients'; // or from 'compago-edge', with the checks
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
  /** At which terminal; by default at any. */
  terminalCode?: string;
  /** The merchant's own name for the sale. */
  reference?: string;
  /** Cancels the charge that is under way there. */
  takeOver?: boolean;
  /** Your own data, which the answers and webhooks repeat. */
  metadata?: Metadata;
}

/** A charge at a terminal. `intent` is null while its id at Compago is not known. */
export interface TillCharge {
  /** Compago's id of it. */
  readonly intent: string | null;
  /** `paid` only once Compago has confirmed it. `unknown`: look at the terminal. */
  readonly status: 'waiting' | 'paid' | 'expired' | 'cancelled' | 'cancel-requested' | 'unknown';
  /** Decimal text of pesos, such as "350.50". */
  readonly amount: string;
  /** Mexican pesos, the one currency. */
  readonly currency: 'MXN';
  /** The merchant's own name for the sale. */
  readonly reference: string | null;
  /** Its external id at Compago, made by the Worker. */
  readonly externalId: string;
  /** At which terminal it is; null if at any. */
  readonly terminalCode: string | null;
  /** Opens it in Compago's app on the device itself. */
  readonly deepLink: string | null;
  /** When it can no longer be paid: RFC 3339 in UTC. */
  readonly expiresAt: string;
  /** Your own data. */
  readonly metadata: Readonly<Metadata>;
  /** With which card it was paid, as far as Compago says. */
  readonly card?: {
    /** Such as `VISA`. */
    readonly network: string | null;
    /** The end of its number. */
    readonly lastFourDigits: string | null;
  };
  /** Once it is paid: RFC 3339 in UTC. */
  readonly paidAt?: string;
  /** After how many milliseconds to ask again; null once nothing changes by itself any more. */
  readonly pollAfterMs: number | null;
  /** Grows whenever something of this answer changes. */
  readonly version: number;
}

/** Charges at card terminals. Every call rejects with `CompagoError`. */
export interface Till {
  /**
   * Charges a card. The key is required: without an answer (`error.temporary`) the charge may be at the terminal, and repeated with the same body
   * and key it is the same charge; with another key the card may be charged twice.
   */
  charge(charge: TillChargeRequest, options: ChargeOptions): Promise<TillCharge & Keyed>;
  /** Returns the status of a charge. */
  status(intent: string, options?: CallOptions): Promise<TillCharge>;
  /** The latest charge of a terminal: a till that was reloaded goes on from here. */
  current(terminalCode: string, options?: CallOptions): Promise<TillCharge>;
  /** Each new version of the charge, until nothing changes by itself. `unknown` means: look at the terminal. */
  follow(intent: string, options?: FollowOptions): AsyncGenerator<TillCharge, void>;
  /** Cancels a charge; its status is `paid` if it was paid meanwhile. */
  cancel(intent: string, options?: CallOptions): Promise<TillCharge>;
}

/** For every call of a till. */
export interface TillOptions extends ClientOptions {
  /**
   * The cashier's token; a page that has signed in needs none. It is sent over https only, or to this machine (`localhost`,
   * `127.0.0.1`, `[::1]`), and follows no redirect.
   */
  token?: string;
}

/**
 * A client for charges at terminals: for programs, and for pages of the Worker's own origin (`STAFF_ORIGIN`, where there is one). Pages of
 * other origins cannot read the Worker's answers to it, also those in `EMBED_ORIGINS`.
 *
 * ```js
 * import { till } from 'compago-edge/clients'; // or from 'compago-edge', with the checks
 *
 * const client = till({ origin: 'https://shop.example', token });
 * const idempotencyKey = crypto.randomUUID(); // one for each sale: keep it until the sale is settled
 * const { intent } = await client.charge({ amount: '350.50', terminalCode: 'TERM-01' }, { idempotencyKey });
 * const signal = AbortSignal.timeout(1_000); // such as when the page is left
 * for await (const { status } of client.follow(intent, { signal })) console.log(status); // "waiting"
 * ```
 */
export function till(options?: TillOptions): Till;
