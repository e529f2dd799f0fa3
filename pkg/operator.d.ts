import type { components } from './openapi.js';
import type { BillingInformation, Metadata } from './order-values.js';
import type { CallOptions as AnyCallOptions } from './status.js';

export type { Address, BillingInformation, Metadata } from './order-values.js';
export { CompagoError } from './status.js';
export type { CompagoErrorCode } from './status.js';

type Schemas = components['schemas'];

/** For one call. */
export type CallOptions = Omit<AnyCallOptions, 'origin'>;

/** For a call that makes something at Compago or moves money. */
export interface KeyedOptions extends CallOptions {
  /**
   * Such as `crypto.randomUUID()`, kept until the call is settled: without an answer (`error.temporary`), repeat the call with the same
   * body and key, and it is made once. With another key it is another call.
   */
  idempotencyKey: string;
}

/** What a call created, with its idempotency key. */
export type Made<Answer> = Answer & {
  /** The key of the call. */
  readonly idempotencyKey: string;
};

/** Which page of a list. */
export interface PageOptions {
  /** Counted from 1. */
  page?: number;
  /** 1 to 500. */
  pageSize?: number;
}

/** A moment: a date, or RFC 3339. */
export type Moment = Date | string;

/** An order of any amount. */
export type OperatorOrderRequest = Omit<Schemas['OperatorOrderRequest'], 'billingInformation'> & {
  /** Who pays. */
  readonly billingInformation: BillingInformation;
};
/** An order that can be paid. */
export type OrderCreated = Schemas['OrderCreated'];
/** A page of orders. */
export type OrderPage = Schemas['OrderPage'];
/** An order with its attempts, history and webhooks. */
export type OrderDetail = Schemas['OrderStory'];
/** To whom, where and how an order is delivered. */
export type DeliveryDetails = Schemas['DeliveryDetails'];
/** How far the delivery of an order is. */
export type FulfilmentRequest = Schemas['FulfilmentRequest'];
/** How far the delivery of an order is, in a list. */
export type FulfilmentState = Schemas['FulfilmentState'];
/** A page of Compago's payments. */
export type PaymentPage = Schemas['PaymentPage'];
/** A payment, with its order. */
export type PaymentDetail = Schemas['PaymentDetail'];
/** A card to be saved. */
export type SaveCardRequest = Schemas['SaveCardRequest'];
/** Where a payer saves a card. */
export type SavedCardCreated = Schemas['SavedCardCreated'];
/** A saved card. */
export type SavedCard = Schemas['SavedCard'];
/** A page of saved cards. */
export type SavedCardPage = Schemas['SavedCardPage'];
/** A charge to be made. */
export type ChargeCardRequest = Schemas['ChargeCardRequest'];
/** A charge that was requested, and its status. */
export type CardCharge = Schemas['CardCharge'];
/** A charge as Compago returns it. */
export type CardPayment = Schemas['CardPayment'];
/** A page of charges. */
export type CardPaymentPage = Schemas['CardPaymentPage'];
/** Why a charge is refunded. */
export type RefundRequest = Schemas['RefundRequest'];
/** A refund and its status. */
export type CardRefund = Schemas['CardRefund'];
/** One portion of charges, or of refunds. */
export type ChargeList = Schemas['ChargeList'];
/** A charge or a refund, with its webhooks. */
export type ChargeDetail = Schemas['ChargeDetail'];
/** How many payments there are in each state. */
export type Summary = Schemas['Summary'];
/** What came in and was refunded. */
export type Figures = Schemas['Figures'];
/** A kind of thing that needs a person. */
export type AttentionKind = Schemas['AttentionKind'];
/** A page of what needs a person. */
export type AttentionPage = Schemas['AttentionPage'];
/** A webhook on its way. */
export type Delivery = Schemas['Delivery'];
/** A page of webhooks. */
export type DeliveryPage = Schemas['DeliveryPage'];
/** The run that is under way, and the last one. */
export type Reconciliation = Schemas['Reconciliation'];
/** A kind of difference. */
export type FindingClass = Schemas['FindingClass'];
/** A page of differences. */
export type FindingPage = Schemas['FindingPage'];
/** How large the operator's index is. */
export type Index = Schemas['Index'];
/** The settings of the Worker, without any secret. */
export type Settings = Schemas['Settings'];
/** A webhook secret, shown once. */
export type RotatedWebhookSecret = Schemas['RotatedWebhookSecret'];

/** The operator's API of the Worker. Every call rejects with `CompagoError`. */
export interface Operator {
  /** Orders of the shop and of the merchant's own backend. */
  readonly orders: {
    /** Places an order of any amount and returns its payment link, such as for an invoice. */
    create(order: OperatorOrderRequest, options: KeyedOptions): Promise<Made<OrderCreated>>;
    /**
     * Lists orders by the beginning of a name (reference, external id, payment id) or a whole SKU or text of metadata, by state and by when
     * they were placed; newest first. Of those with `fulfilment` `pending` or `prepared`, the one that was paid first is the first.
     */
    list(
      filter?: PageOptions & {
        search?: string;
        status?: Schemas['OrderStatus'];
        from?: Moment;
        to?: Moment;
        settledFrom?: Moment;
        settledTo?: Moment;
        fulfilment?: FulfilmentState;
        /** Only orders whose metadata has these entries. */
        metadata?: Metadata;
      },
      options?: CallOptions,
    ): Promise<OrderPage>;
    /** Returns an order by its reference. With `watch`, the Worker reads an open payment more often for a while. */
    get(reference: string, options?: CallOptions & { watch?: boolean }): Promise<OrderDetail>;
    /** Reads the open payment of an order at Compago now, at most once in three seconds, and returns the order as it is then. */
    check(reference: string, options?: CallOptions): Promise<OrderDetail>;
    /**
     * Returns to whom and where an order is delivered. Each read is recorded in the order's history. Rejects with `personal-data-deleted`
     * once the time for which it is kept is over.
     */
    delivery(reference: string, options?: CallOptions): Promise<DeliveryDetails>;
    /**
     * Reports how far the delivery of a paid order is. The same again changes nothing, so it needs no key; the first `handed-over` sends
     * `order.fulfilled`. Rejects with `not-paid` of an order that is not paid.
     */
    fulfil(reference: string, fulfilment: FulfilmentRequest, options?: CallOptions): Promise<OrderDetail>;
  };
  /** Compago's one-time payments, also those of other programs. */
  readonly oneTimePayments: {
    /** Lists one page, in Compago's order. */
    list(
      filter?: PageOptions & { status?: 'pending' | 'confirmed' | 'cancelled'; currency?: 'MXN' },
      options?: CallOptions,
    ): Promise<PaymentPage>;
    /** Returns a payment by Compago's id. */
    get(id: string, options?: CallOptions): Promise<PaymentDetail>;
    /** Cancels a payment link, through its order if it has one. Without an answer, read it. */
    cancel(id: string, options?: CallOptions): Promise<PaymentDetail>;
  };
  /** Saved cards. */
  readonly paymentMethods: {
    /** Begins to save a card: the payer opens `page` of the answer, or types it into Compago's form there. */
    create(card: SaveCardRequest, options: KeyedOptions): Promise<Made<SavedCardCreated>>;
    /** Lists one page of Compago's list. */
    list(filter?: PageOptions & { status?: 'pending' | 'active' | 'expired' | 'revoked' }, options?: CallOptions): Promise<SavedCardPage>;
    /** Returns a saved card by Compago's id. */
    get(id: string, options?: CallOptions): Promise<SavedCard>;
    /** Revokes a saved card, for good. */
    revoke(id: string, options?: CallOptions): Promise<SavedCard>;
    /** Charges a saved card, once for a key. Its status says what became of it; `unknown` and `on-hold` are no reason to charge again. */
    charge(id: string, charge: ChargeCardRequest, options: KeyedOptions): Promise<Made<CardCharge>>;
    /** Lists one page of the charges of a card. */
    payments(
      id: string,
      filter?: PageOptions & { status?: 'pending' | 'confirmed' | 'declined' | 'refunded' },
      options?: CallOptions,
    ): Promise<CardPaymentPage>;
    /** Returns a charge by Compago's ids of the card and of the charge. */
    payment(id: string, paymentId: string, options?: CallOptions): Promise<CardPayment>;
    /** Refunds the whole of a charge, once. */
    refund(id: string, paymentId: string, refund: RefundRequest | undefined, options: KeyedOptions): Promise<Made<CardRefund>>;
  };
  /** Charges at terminals and of saved cards, and refunds. */
  readonly charges: {
    /**
     * Lists one portion, newest first; `next` of the answer is the `cursor` of the portion that follows. `search` is the beginning of a
     * reference, an external id or Compago's id.
     */
    list(
      filter?: {
        search?: string;
        channel?: 'terminal' | 'card';
        type?: 'charge' | 'refund';
        from?: Moment;
        to?: Moment;
        settledFrom?: Moment;
        settledTo?: Moment;
        cursor?: string;
        limit?: number;
      },
      options?: CallOptions,
    ): Promise<ChargeList>;
    /** Returns a charge or a refund by its reference. */
    get(reference: string, options?: CallOptions): Promise<ChargeDetail>;
  };
  /** What came in. */
  readonly reports: {
    /** Counts and sums payments by status: reads Compago's whole list. */
    summary(options?: CallOptions): Promise<Summary>;
    /** Sums what came in and was refunded in a span of at most 366 days. */
    figures(span: { from: Moment; to: Moment }, options?: CallOptions): Promise<Figures>;
  };
  /** What needs a person. */
  readonly attention: {
    /** Lists one page of it. */
    list(filter?: PageOptions, options?: CallOptions): Promise<AttentionPage>;
    /** Marks an entry as done: it leaves the list until its reason changes. */
    done(kind: AttentionKind, key: string, options?: CallOptions): Promise<void>;
  };
  /** Webhooks to the merchant. */
  readonly webhooks: {
    /** Lists them, newest first. */
    list(filter?: PageOptions & { state?: Delivery['state'] }, options?: CallOptions): Promise<DeliveryPage>;
    /** Sends one again at once, under the same id. */
    redeliver(id: string, options?: CallOptions): Promise<Delivery>;
  };
  /** Whether Compago's records and the Worker's agree. */
  readonly reconciliation: {
    /** Returns the run that is under way, and the last one that ended. */
    get(options?: CallOptions): Promise<Reconciliation>;
    /** Starts a run now; one starts every night. */
    start(options?: CallOptions): Promise<Reconciliation>;
    /** Lists what the last run found, first what needs a person. */
    findings(filter?: PageOptions & { class?: FindingClass }, options?: CallOptions): Promise<FindingPage>;
  };
  /** The index that lists and figures come from. */
  readonly index: {
    /** Returns how large it is. */
    get(options?: CallOptions): Promise<Index>;
    /** Rebuilds it from what orders, terminals and cards hold. */
    rebuild(options?: CallOptions): Promise<Index>;
  };
  /** The settings of the Worker. */
  readonly settings: {
    /** Returns them without any secret, with what was last found out about whether they work. */
    get(options?: CallOptions): Promise<Settings>;
    /** Finds out whether they work, and returns them. */
    check(options?: CallOptions): Promise<Settings>;
    /**
     * Rotates the webhook secret that the Worker has generated, and returns the new one, which nothing shows again. The former one signs along
     * for 24 hours. Rejects with `secret-configured` where `WEBHOOK_SECRET` is set, and with `rotated-recently` within a minute.
     */
    rotateWebhookSecret(options?: CallOptions): Promise<RotatedWebhookSecret>;
  };
}

/** For every call of an operator. */
export interface OperatorOptions {
  /** The origin at which the Worker has its operator's API: `STAFF_ORIGIN`, where there is one. https, or http on this machine. */
  origin: string | URL;
  /** `OPERATOR_TOKEN`. It is sent to that origin alone, and follows no redirect. */
  token: string;
  /** The language of `detail` in errors. */
  language?: 'es-MX' | 'en';
  /** How long an answer is waited for, in milliseconds; by default 20,000. */
  timeoutMs?: number;
}

/**
 * A client of the Worker's operator API, for the merchant's backend. Builds for browsers do not have it: a page is no place for the token.
 * The CSV exports are downloads, not calls of this client: `GET /api/operator/orders.csv` and
 * `GET /api/operator/reports/one-time-payments.csv`.
 *
 * ```js
 * import { operator } from 'compago-edge/operator';
 *
 * const client = operator({ origin: 'https://shop.example', token });
 * const idempotencyKey = crypto.randomUUID(); // one for each invoice: keep it
 * const invoice = { amount: '1250.35', description: 'Factura 881', billingInformation };
 * const { reference, checkoutUrl } = await client.orders.create(invoice, { idempotencyKey });
 * const { order } = await client.orders.get(reference);
 * console.log(order.status, order.amount); // "awaiting-payment" "1250.35"
 * ```
 */
export function operator(options: OperatorOptions): Operator;
