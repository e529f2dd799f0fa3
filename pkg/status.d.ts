import type { Keyed } from './clients.js';
import type { components } from './openapi.js';
import type { OrderCreated, OrderRequest, OrderStatus } from './order-values.js';

export type { Fulfilment, OrderCreated, OrderItem, OrderRequest, OrderStatus, Shipping } from './order-values.js';

/** A kind of thing that is wrong with one field. Others may come: treat them like these. */
export type FieldProblemCode = components['schemas']['FieldProblemCode'] | (string & {});

/** One thing that is wrong with a body. Match on `code`; `detail` is for people. */
export interface Problem {
  /** Where, as a JSON pointer, such as `/billingInformation/address/zip`; empty for the whole. */
  readonly pointer: string;
  /** What is wrong, kebab-case and stable, such as `zip-format`. */
  readonly code: FieldProblemCode;
  /** The same for people, in the language that was asked for. */
  readonly detail: string;
}

/** Nothing was sent, and the caller has to mend something: `didNothing` is true, `temporary` is not. */
export type MisuseCode =
  | 'api-key'
  | 'base-url'
  | 'environment'
  | 'idempotency-key'
  | 'invalid-input'
  | 'not-loaded'
  | 'origin'
  | 'token'
  | 'unknown-call';

/** Why Compago refused a call (`compago-edge/compago`), or that it gave no clear answer: `busy`, `server`, `redirect`. */
export type CompagoRefusalCode =
  | 'below-minimum'
  | 'busy'
  | 'currency'
  | 'duplicate-external-id'
  | 'missing-organization'
  | 'not-found'
  | 'other'
  | 'redirect'
  | 'server'
  | 'unauthorized';

/** Why `verifyWebhook` did not take a request; `webhook-secret` and `webhook-body` are the receiver's own fault. */
export type WebhookErrorCode =
  | 'webhook-body'
  | 'webhook-header-missing'
  | 'webhook-id'
  | 'webhook-secret'
  | 'webhook-signature'
  | 'webhook-signature-missing'
  | 'webhook-timestamp'
  | 'webhook-too-new'
  | 'webhook-too-old';

/**
 * All codes of errors: the Worker's own refusals, Compago's, mistakes of the caller, and `unreachable` (no answer came), `unreadable`
 * and `unknown` (the answer cannot be read), and those of elements: `unknown-sku`, `sku-sold-out`, `invalid-quantity`,
 * `unknown-shipping` and `shipping-required`. Others may come.
 */
export type CompagoErrorCode =
  | components['schemas']['ProblemCode']
  | CompagoRefusalCode
  | MisuseCode
  | WebhookErrorCode
  | 'invalid-quantity'
  | 'shipping-required'
  | 'sku-sold-out'
  | 'unknown'
  | 'unknown-shipping'
  | 'unknown-sku'
  | 'unreachable'
  | 'unreadable'
  | (string & {});

/**
 * Why the Worker refused or could not be reached, why Compago did (`compago-edge/compago`), or what the caller has to mend. Match on
 * `code`, never on `message`, which is in brief what is wrong: of a body, how many problems it has and which is the first.
 *
 * ```js
 * import { CompagoError, orderStatus } from 'compago-edge/status';
 *
 * try {
 *   await orderStatus('no-such-order', { origin: 'https://shop.example' });
 * } catch (error) {
 *   if (error instanceof CompagoError) console.log(error.code, error.status); // "not-found" 404
 * }
 * ```
 */
export class CompagoError extends Error {
  /** From a problem document (RFC 9457), the HTTP status (0 if no readable answer came), the Retry-After header, and the cause. */
  constructor(problem: unknown, status?: number, retryAfter?: string | null, cause?: unknown);
  /** Kebab-case and stable. */
  readonly code: CompagoErrorCode;
  /** The HTTP status; 0 if there was no readable answer: the call may have been carried out. */
  readonly status: number;
  /** All that is wrong with the body that was sent. */
  readonly errors: Problem[];
  /** Where the first of them is. */
  readonly pointer: string | undefined;
  /** The order that it is about, where the Worker names one. */
  readonly reference: string | undefined;
  /** The least amount that can be charged, where `amount-below-minimum` names it. */
  readonly minimum: string | undefined;
  /**
   * Whether it is certain that the call had no effect. Set for Compago's own calls (`compago-edge/compago`), and for calls that were not
   * sent: unless it is true, never repeat a call of Compago's that charges or refunds.
   */
  readonly didNothing: boolean;
  /** The key of a call that had one: if the call is repeated with it, such as after a time-out, it is still carried out once. */
  readonly idempotencyKey?: string;
  /** How long the other side asks to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  /**
   * Whether the same call may succeed later. That does not mean that it is safe to repeat: it is if `didNothing` is true, or if the call has
   * an idempotency key, by which the Worker recognises it.
   */
  readonly temporary: boolean;
}

/** For one call. */
export interface CallOptions {
  /** The Worker's origin, such as `https://shop.example`; in a page by default its own. On a server it must be passed. */
  origin?: string | URL;
  /** The language of `detail` in errors. */
  language?: 'es-MX' | 'en';
  /** Aborts the call: it rejects with the signal's reason, and may have been carried out. */
  signal?: AbortSignal;
  /** How long an answer is waited for, in milliseconds; by default 20,000. */
  timeoutMs?: number;
  /** Called with each response before its body is read. */
  onResponse?: (response: Response) => void;
}

/** What `call` sends. */
export interface RequestOptions {
  /** By default `GET`. */
  method?: string;
  /** Sent as JSON. */
  body?: unknown;
  /** Beside those that every call has. */
  headers?: Record<string, string>;
  /** How a redirect is handled, as in `fetch`; pass `manual` with a token, which a redirect could take elsewhere. */
  redirect?: 'error' | 'follow' | 'manual';
}

/**
 * One call of the Worker's API below `/api/`; resolves to the parsed answer, undefined if it has no body. An idempotency key is
 * added to the answer and to the error.
 *
 * ```js
 * import { call } from 'compago-edge/status';
 *
 * const { currency } = await call('shop/catalog', { origin: 'https://shop.example' });
 * console.log(currency); // "MXN"
 * ```
 */
export function call<T>(
  path: string,
  options: CallOptions & RequestOptions & Keyed,
): Promise<T & Keyed>;
/** One call of the Worker's API below `/api/`, without an idempotency key. */
export function call<T>(path: string, options?: CallOptions & RequestOptions): Promise<T>;

/**
 * Places an order and returns where to pay. After a lost answer or 503 the same key may be sent again: there is one order. The key is
 * added to the answer and to the error.
 *
 * ```js
 * import { createOrder } from 'compago-edge/status';
 *
 * const { checkoutUrl } = await createOrder(cart, crypto.randomUUID(), { origin: 'https://shop.example' });
 * console.log(checkoutUrl.includes('/checkout/otp/')); // true
 * ```
 */
export function createOrder(body: OrderRequest, idempotencyKey: string, options?: CallOptions): Promise<OrderCreated & Keyed>;
/**
 * Returns the status of an order.
 *
 * ```js
 * import { orderStatus } from 'compago-edge/status';
 *
 * const { status, amount } = await orderStatus(order, { origin: 'https://shop.example' });
 * console.log(status, amount); // "awaiting-payment" "378.00"
 * ```
 */
export function orderStatus(order: string, options?: CallOptions): Promise<OrderStatus>;
/**
 * Creates a new link for an order whose last one ended without payment; 409 while it may still be paid, or once it was.
 *
 * ```js
 * import { retryOrder } from 'compago-edge/status';
 *
 * const again = await retryOrder(order, { origin: 'https://shop.example' }).catch((error) => error);
 * console.log(again.code); // "still-payable"
 * ```
 */
export function retryOrder(order: string, options?: CallOptions): Promise<OrderCreated>;
/**
 * Cancels an order and returns its status; 409 if it turned out to be paid.
 *
 * ```js
 * import { cancelOrder } from 'compago-edge/status';
 *
 * const { status } = await cancelOrder(order, { origin: 'https://shop.example' });
 * console.log(status); // "cancelled"
 * ```
 */
export function cancelOrder(order: string, options?: CallOptions): Promise<OrderStatus>;

/** For following something until nothing changes by itself any more. */
export interface FollowOptions extends CallOptions {
  /** Called with the error of a call that failed and will be repeated; with null once a call succeeds again. */
  onTrouble?(error: CompagoError | null): void;
  /** The longest wait between failing calls, in milliseconds; by default 60,000. */
  slowestMs?: number;
}

/**
 * Follows an order until nothing changes by itself any more; undefined if `signal` ended it.
 *
 * ```js
 * import { followOrder } from 'compago-edge/status';
 *
 * const last = await followOrder(order, { origin: 'https://shop.example', signal: AbortSignal.timeout(2_000) });
 * console.log(last); // undefined
 * ```
 */
export function followOrder(
  order: string,
  options?: FollowOptions & { onChange?(status: OrderStatus): void },
): Promise<OrderStatus | undefined>;

/**
 * The same as an async iterator: each new version of the status. Leaving it by `break` or `return()` ends the polling at once.
 *
 * ```js
 * import { statuses } from 'compago-edge/status';
 *
 * for await (const { status } of statuses(order, { origin: 'https://shop.example' })) {
 *   console.log(status); // "awaiting-payment"
 *   break;
 * }
 * ```
 */
export function statuses(order: string, options?: FollowOptions): AsyncGenerator<OrderStatus, void>;

/** What can be followed. */
export interface Versioned {
  /** Grows whenever something of the answer changes. */
  readonly version?: number;
  /** After how many milliseconds to ask again; null once nothing changes by itself any more. */
  readonly pollAfterMs?: number | null;
}

/**
 * Each new version of what `read` answers, until nothing changes by itself any more.
 *
 * ```js
 * import { call, versions } from 'compago-edge/status';
 *
 * const read = (options) => call(`shop/orders/${order}`, { origin: 'https://shop.example', ...options });
 * for await (const { version } of versions(read)) {
 *   console.log(version > 0); // true
 *   break;
 * }
 * ```
 */
export function versions<T extends Versioned>(
  read: (options: CallOptions) => Promise<T>,
  options?: FollowOptions,
): AsyncGenerator<T, void>;

/**
 * Waits, longer while nobody looks at the tab, for as long as there is no network, and no more once `signal` aborts.
 *
 * ```js
 * import { patience } from 'compago-edge/status';
 *
 * await patience(10);
 * ```
 */
export function patience(ms: number, signal?: AbortSignal): Promise<void>;
