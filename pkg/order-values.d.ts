/** Where a payer lives, in Mexico. Every field is required. */
export interface Address {
  /** Street, number and neighbourhood; up to 200 characters. */
  addressLine: string;
  /** City or borough; up to 80 characters. */
  city: string;
  /**
   * The state, by Compago's code: `AGU`, `BCN`, `BCS`, `CAM`, `CHP`, `CHH`, `CDMX`, `COA`, `COL`, `DUR`, `MEX`, `GUA`, `GRO`, `HID`, `JAL`,
   * `MIC`, `MOR`, `NAY`, `NLE`, `OAX`, `PUE`, `QUE`, `ROO`, `SLP`, `SIN`, `SON`, `TAB`, `TAM`, `TLA`, `VER`, `YUC` or `ZAC`. Its name and
   * its ISO 3166-2 code are read as well.
   */
  state: string;
  /** The postal code: five digits. */
  zip: string;
}

/** Who pays: all that Compago asks for. Every field is required. */
export interface BillingInformation {
  /** Where receipts go; up to 254 characters. */
  email: string;
  /** Given name; up to 80 characters. */
  firstName: string;
  /** Family name or names; up to 80 characters. */
  lastName: string;
  /** Ten digits of Mexico, or `+`, the country code and the number; spaces, dots, hyphens and brackets are taken. */
  phoneNumber: string;
  /** Billing address. */
  address: Address;
}

/** How, to whom and where an order is delivered. What is left out comes from `billingInformation`. */
export interface ShippingRequest {
  /** One of the catalog's shipping methods, by its name in orders. Its fee is added to the total. */
  method: string;
  /** Who receives it; up to 100 characters. By default the payer. */
  recipient?: string;
  /** Where to call about the delivery. By default the payer's number. */
  phoneNumber?: string;
  /** Where it is delivered. By default the billing address. */
  address?: Address;
  /** What the carrier has to know; up to 200 characters. */
  instructions?: string;
}

/**
 * The merchant's own data about an order, a charge or a refund: at most 10 entries with names of 1 to 40 of `A-Z a-z 0-9 _ -` and texts of up
 * to 200 characters, together at most 1,024 bytes. Answers and webhooks repeat it, and it is kept for as long as the order: write no personal
 * data into it.
 */
export type Metadata = Record<string, string>;

/** The body of an order. It names no price: the Worker computes it. */
export interface OrderRequest {
  /** What is bought: each `sku` once. */
  items: {
    /** Its name in the catalog. */
    sku: string;
    /** How many: a whole number from 1 to 99. */
    quantity: number;
  }[];
  /** Who pays. */
  billingInformation: BillingInformation;
  /** How it is delivered, if it is. */
  shipping?: ShippingRequest;
  /** Your own data, which comes back in webhooks with `metadataSource: "browser"`: a payer can write anything into it. */
  metadata?: Metadata;
  /** How long the link can be paid, in minutes: from 10 up to the shop's own limit, which is the default (an hour, unless the shop is configured otherwise). */
  ttlMinutes?: number;
  /**
   * The page to which a payer who returns is redirected, with `order` added to its query: on the shop's own origin or one of the Worker's
   * `EMBED_ORIGINS`, up to about 2,000 characters. By default the shop's return page.
   */
  returnUrl?: string;
}

/** An order that can be paid. */
export interface OrderCreated {
  /** Its secret address: who has it may see the order, pay again and cancel it. */
  readonly order: string;
  /** Its name for people, such as `K7Q2-M9XD-3FHT`: it opens nothing. */
  readonly reference: string;
  /** What is to be paid: decimal text of pesos, such as "378.00". */
  readonly amount: string;
  /** Mexican pesos, the one currency. */
  readonly currency: 'MXN';
  /** Compago's page, where the payer pays. */
  readonly checkoutUrl: string;
  /** When that link runs out: RFC 3339 in UTC. */
  readonly expiresAt: string;
}

/** A line of an order, as it was when it was placed. */
export interface OrderItem {
  /** Its name in the catalog. An item that a backend ordered may have none. */
  readonly sku?: string;
  /** Its name for people, in the language in which it was ordered. */
  readonly name: string;
  /** How many. */
  readonly quantity: number;
  /** What one costs: decimal text of pesos. */
  readonly unitAmount: string;
  /** What they cost together. */
  readonly amount: string;
}

/** How an order is delivered. */
export interface Shipping {
  /** The method's name in orders. */
  readonly method: string;
  /** Its name for people, in the language in which it was ordered. */
  readonly name: string;
  /** What it costs: decimal text of pesos, "0.00" if nothing. */
  readonly amount: string;
}

/** How far the delivery of an order is. */
export interface Fulfilment {
  /** It is packed, or on its way. */
  readonly status: 'prepared' | 'handed-over';
  /** Who carries it. */
  readonly carrier?: string;
  /** Its number at the carrier. */
  readonly trackingNumber?: string;
  /** Since when: RFC 3339 in UTC. */
  readonly at: string;
}

/** The status of an order. */
export interface OrderStatus {
  /** The order's name for people, such as `K7Q2-M9XD-3FHT`. */
  readonly reference: string;
  /** `paid` only once Compago has confirmed the payment that was made for this order. */
  readonly status: 'awaiting-payment' | 'verifying' | 'paid' | 'expired' | 'cancelled' | 'on-hold' | 'failed';
  /** Decimal text of pesos with two decimals, such as "378.00". */
  readonly amount: string;
  /** Mexican pesos, the one currency. */
  readonly currency: 'MXN';
  /** What the payer reads at the checkout. */
  readonly description: string;
  /** What was ordered; empty if it was ordered without items, such as an invoice. */
  readonly items: OrderItem[];
  /** How it is delivered, if it is. */
  readonly shipping?: Shipping;
  /** When it was placed: RFC 3339 in UTC. */
  readonly createdAt: string;
  /** When it was paid: RFC 3339 in UTC. */
  readonly paidAt?: string;
  /** How far its delivery is, once something was reported. */
  readonly fulfilment?: Fulfilment;
  /** When the current link runs out: RFC 3339 in UTC. */
  readonly expiresAt: string;
  /** The current attempt, counted from 1: each link is one. */
  readonly attempt: number;
  /** After how many milliseconds to ask again; null once nothing changes by itself any more. */
  readonly pollAfterMs: number | null;
  /** Grows whenever something of this answer changes. */
  readonly version: number;
}
