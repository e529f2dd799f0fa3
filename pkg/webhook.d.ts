import type { Amount, Time } from './compago.js';

export { CompagoError } from './status.js';

/** What the Worker tells the merchant. Its `id` is the same however often it is sent: handle it once. */
export interface WebhookEvent<Type extends EventType = EventType> {
  readonly id: string;
  readonly type: Type;
  readonly timestamp: Time;
  readonly data: Type extends `order.${string}` ? OrderData : Record<string, unknown>;
}

export type EventType =
  | `order.${'paid' | 'expired' | 'cancelled' | 'on-hold'}`
  | `payment-intent.${'paid' | 'closed' | 'on-hold'}`
  | `payment.${'confirmed' | 'refunded' | 'on-hold'}`
  | 'payment-method.active';

export interface OrderData {
  readonly reference: string;
  readonly externalId: string;
  readonly paymentId: string | null;
  readonly amount: Amount;
  readonly currency: 'MXN';
  readonly attempt: number;
  readonly reason?: string;
}

/** A request that may be a webhook: a `Request`, or its headers and its body as they came. */
export type Incoming =
  | Request
  | {
      headers: { get(name: string): string | null } | Readonly<Record<string, string | string[] | undefined>>;
      /** As it came: JSON that was read and written again has another signature. */
      body: string | Uint8Array;
    };

/**
 * The event that a request brings, if it was signed with one of the secrets at about this time for exactly this body; else it
 * rejects with a `CompagoError` whose code begins with `webhook-`.
 *
 * ```js
 * import { verifyWebhook } from 'compago-edge/webhook';
 *
 * const event = await verifyWebhook(request, secret);
 * if (event.type === 'order.paid') console.log(event.data.reference);
 * ```
 */
export function verifyWebhook(
  request: Incoming,
  secrets: string | readonly string[],
  options?: { now?: number; toleranceSeconds?: number },
): Promise<WebhookEvent>;
