import type { Amount, Card, Time } from './compago-values.js';
import type { Fulfilment, Metadata, OrderItem } from './order-values.js';

export type { Fulfilment, Metadata, OrderItem } from './order-values.js';
export { CompagoError } from './status.js';
export type { CompagoErrorCode, WebhookErrorCode } from './status.js';

/** A webhook of the Worker's. Its `id` is the same however often it is sent: handle it once. */
export type WebhookEvent<Type extends EventType = EventType> = {
  [Each in Type]: {
    /** The event's id, the same in every delivery attempt. */
    readonly id: string;
    /** What happened. */
    readonly type: Each;
    /** When it happened. */
    readonly timestamp: Time;
    /** The thing that it happened to. */
    readonly data: EventData[Each];
    /** Deliver nothing that is not `production`. Absent if the Worker recorded the event before webhooks had this field. */
    readonly environment?: Environment;
  };
}[Type];

/** Where a payment was made: in `production`, in Compago's `demo`, or in a sandbox on your own machine (`local`). */
export type Environment = 'production' | 'demo' | 'local';

/** Every kind of event. Later versions of the Worker may send more: answer 2xx to those that you do not know, and ignore them. */
export type EventType = keyof EventData;

/** The data of each kind of event. */
export interface EventData {
  /** Compago confirmed the payment of an order. One id for an order, for ever. */
  'order.paid': OrderData;
  /** An order's link ran out unpaid. */
  'order.expired': OrderData;
  /** An order was cancelled unpaid. */
  'order.cancelled': OrderData;
  /** A person must look at an order: nothing is known for certain. */
  'order.on-hold': OrderData & OnHold;
  /** An order was handed over for the first time. One id for an order, for ever: it stays sent if the hand-over is undone. */
  'order.fulfilled': OrderData;
  /** A charge at a terminal was paid. */
  'payment-intent.paid': TerminalData & TerminalPaid;
  /** A charge at a terminal ended unpaid. */
  'payment-intent.closed': TerminalData & TerminalClosed;
  /** A person must look at a charge at a terminal. */
  'payment-intent.on-hold': TerminalData & OnHold;
  /** A saved card was charged. */
  'payment.confirmed': CardPaymentData;
  /** A charge of a saved card was refunded. */
  'payment.refunded': CardPaymentData;
  /** A person must look at a charge of a saved card, or at its refund. */
  'payment.on-hold': CardPaymentData & OnHold;
  /** A card was saved and can be charged. */
  'payment-method.active': SavedCardData;
  /** The operator checks whether webhooks arrive: answer 2xx and do nothing else. It is sent once and not repeated. */
  'webhook.test': Readonly<Record<string, never>>;
}

/** The data of events that a person must look at. */
export interface OnHold {
  /** Why, such as `mismatch`. */
  readonly reason: string;
}

/** The data of a charge at a terminal that was paid. */
export interface TerminalPaid {
  /** With which card, as far as Compago says. */
  readonly card: Card;
  /** Whether an earlier webhook said that it was closed or on hold. */
  readonly late: boolean;
}

/** The data of a charge at a terminal that ended unpaid. */
export interface TerminalClosed {
  /** How it ended. */
  readonly outcome: 'expired' | 'cancelled';
}

/** The data of an order. */
export interface OrderData {
  /** The order's name for people. */
  readonly reference: string;
  /** The external id of the attempt's payment, made by the Worker. */
  readonly externalId: string;
  /** Compago's id of the payment; null until the Worker has verified which it is. */
  readonly paymentId: string | null;
  /** What was to be paid. */
  readonly amount: Amount;
  /** Mexican pesos, the one currency. */
  readonly currency: 'MXN';
  /** The attempt that the event is about, counted from 1. */
  readonly attempt: number;
  /** What was ordered; empty if it was ordered without items, such as an invoice. */
  readonly items: OrderItem[];
  /** How it is delivered, if it is. To whom and where is personal: read it with `orders.delivery` of `compago-edge/operator`. */
  readonly shipping?: ShippingData;
  /** Your own data. */
  readonly metadata: Readonly<Metadata>;
  /** Who wrote it: `browser` means anybody. Rest nothing on that which a payer could gain by. */
  readonly metadataSource: 'browser' | 'backend';
  /** How far its delivery is, once something was reported. */
  readonly fulfilment?: Fulfilment;
  /** Only in `order.on-hold`. */
  readonly reason?: string;
}

/** How an order is delivered. */
export interface ShippingData {
  /** The method's name in the catalog. */
  readonly method: string;
  /** What it costs, which is part of the order's amount. */
  readonly amount: Amount;
}

/** The data of a charge at a card terminal. */
export interface TerminalData {
  /** Compago's id of the charge, where it is known. */
  readonly intent: string | null;
  /** Its external id, made by the Worker. */
  readonly externalId: string;
  /** The merchant's own name for the sale. */
  readonly reference: string | null;
  /** What was to be paid. */
  readonly amount: Amount;
  /** Mexican pesos, the one currency. */
  readonly currency: 'MXN';
  /** At which terminal; null if at any. */
  readonly terminalCode: string | null;
  /** Your own data. */
  readonly metadata: Readonly<Metadata>;
}

/** The data of a charge of a saved card, or of a refund. */
export interface CardPaymentData {
  /** Compago's id of the saved card. */
  readonly paymentMethod: string;
  /** Compago's id of the charge, where it is known. */
  readonly payment: string | null;
  /** The charge's name for people. */
  readonly reference: string;
  /** What was charged or refunded. */
  readonly amount: Amount | null;
  /** Mexican pesos, the one currency. */
  readonly currency: 'MXN';
  /** Your own data. */
  readonly metadata: Readonly<Metadata>;
}

/** The data of a card that was saved. */
export interface SavedCardData {
  /** Compago's id of the saved card. */
  readonly paymentMethod: string;
  /** The merchant's own name for it, such as the customer's. */
  readonly externalId: string | null;
  /** Which card, as far as Compago says. */
  readonly card?: Card;
}

/** Headers that can be asked for by name, such as `Headers`. */
export interface ReadableHeaders {
  /** What a header says; null without it. */
  get(name: string): string | null;
}

/**
 * A request that may be a webhook: a `Request`, or its headers and its body as they came. A framework's own request object is neither:
 * with Express pass `{ headers: req.headers, body: req.body }` behind `express.raw`, with Hono `c.req.raw`.
 */
export type Incoming =
  | Request
  | {
      /** What only requests of Node and Express have: their type does not say whether the body was parsed. */
      rawHeaders?: never;
      /** What only requests of Fastify and Hono have. */
      raw?: never;
      /** In whatever case their names are. */
      headers: ReadableHeaders | Readonly<Record<string, string | string[] | undefined>>;
      /** As it came: JSON that was read and written again has another signature. */
      body: string | ArrayBuffer | ArrayBufferView;
    };

/**
 * The event that a request brings, if it was signed with one of the secrets at about this time for exactly this body; otherwise it
 * rejects with a `CompagoError` whose code begins with `webhook-` and whose `status` is the one to answer: 401, or 500 where the secret
 * or the way in which the request is passed is wrong (`webhook-secret`, `webhook-body`), so that the webhook is sent again. Answer other
 * errors, such as those of your own code, with 500. A secret is what the
 * Worker has as `WEBHOOK_SECRET`, with `whsec_` before it or without. `toleranceSeconds` is how far the two clocks may be apart, by
 * default 300.
 *
 * ```js
 * import { verifyWebhook } from 'compago-edge/webhook';
 *
 * const event = await verifyWebhook(request, secret);
 * const isMoney = event.environment === 'production'; // demo payments are signed like real ones
 * if (isMoney && event.type === 'order.paid') console.log(event.data.reference);
 * ```
 */
export function verifyWebhook(
  request: Incoming,
  secrets: string | readonly string[],
  options?: { now?: number; toleranceSeconds?: number },
): Promise<WebhookEvent>;
