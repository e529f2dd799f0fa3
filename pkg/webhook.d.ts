import type { Amount, Card, Time } from './compago.js';

export { CompagoError } from './status.js';

/** What the Worker tells the merchant. Its `id` is the same however often it is sent: handle it once. */
export type WebhookEvent<Type extends EventType = EventType> = {
  [Each in Type]: {
    readonly id: string;
    readonly type: Each;
    readonly timestamp: Time;
    readonly data: EventData[Each];
    /** Deliver nothing that is not `production`. Absent where the Worker wrote the event down before webhooks told it. */
    readonly environment?: Environment;
  };
}[Type];

/** Where a payment was made: in `production`, in Compago's `demo`, or with a stand-in on one's own machine (`local`). */
export type Environment = 'production' | 'demo' | 'local';

export type EventType = keyof EventData;

/** What each kind of event tells. */
export interface EventData {
  'order.paid': OrderData;
  'order.expired': OrderData;
  'order.cancelled': OrderData;
  'order.on-hold': OrderData & { readonly reason: string };
  /** `late`: it had been told closed or on hold before. */
  'payment-intent.paid': TerminalData & { readonly card: Card; readonly late: boolean };
  'payment-intent.closed': TerminalData & { readonly outcome: 'expired' | 'cancelled' };
  'payment-intent.on-hold': TerminalData & { readonly reason: string };
  'payment.confirmed': CardPaymentData;
  'payment.refunded': CardPaymentData;
  'payment.on-hold': CardPaymentData & { readonly reason: string };
  'payment-method.active': SavedCardData;
}

export interface OrderData {
  readonly reference: string;
  readonly externalId: string;
  readonly paymentId: string | null;
  readonly amount: Amount;
  readonly currency: 'MXN';
  readonly attempt: number;
  /** For `order.on-hold` alone. */
  readonly reason?: string;
}

/** Of a charge at a card terminal. */
export interface TerminalData {
  readonly intent: string | null;
  readonly externalId: string;
  /** The merchant's own name for the sale. */
  readonly reference: string | null;
  readonly amount: Amount;
  readonly currency: 'MXN';
  readonly terminalCode: string | null;
}

/** Of a charge of a saved card, or of a refund. */
export interface CardPaymentData {
  readonly paymentMethod: string;
  readonly payment: string | null;
  readonly reference: string;
  readonly amount: Amount | null;
  readonly currency: 'MXN';
}

/** Of a card that was saved. */
export interface SavedCardData {
  readonly paymentMethod: string;
  readonly externalId: string | null;
  readonly card?: Card;
}

/** A request that may be a webhook: a `Request`, or its headers and its body as they came. */
export type Incoming =
  | Request
  | {
      /** In whatever case their names are. */
      headers: { get(name: string): string | null } | Readonly<Record<string, string | string[] | undefined>>;
      /** As it came: JSON that was read and written again has another signature. */
      body: string | ArrayBuffer | ArrayBufferView;
    };

/**
 * The event that a request brings, if it was signed with one of the secrets at about this time for exactly this body; else it
 * rejects with a `CompagoError` whose code begins with `webhook-` and whose `status` is the one to answer: 401, or 500 where the secret
 * or the way in which the body is handed in is wrong (`webhook-secret`, `webhook-body`), so that it comes again.
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
