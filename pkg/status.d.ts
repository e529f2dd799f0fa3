import type { OrderCreated, OrderRequest } from './clients.js';

export type { OrderCreated, OrderRequest } from './clients.js';

/** One thing that is wrong with a body. Match on `code`; `detail` is for people. */
export interface Problem {
  /** Where, as a JSON pointer. */
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

/** Where an order stands. `pollAfterMs` is null once nothing changes by itself any more. */
export interface OrderStatus {
  readonly reference: string;
  readonly status: 'awaiting-payment' | 'verifying' | 'paid' | 'expired' | 'cancelled' | 'on-hold' | 'failed';
  readonly amount: string;
  readonly currency: 'MXN';
  readonly description: string;
  readonly expiresAt: string;
  readonly attempt: number;
  readonly pollAfterMs: number | null;
  readonly version: number;
}

/**
 * Why the Worker refused, or that it could not be reached. Match on `code`, never on `message`.
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
  constructor(problem: unknown, status?: number, retryAfter?: string | null, cause?: unknown);
  /** Kebab-case and stable; `unreachable` or `unknown` where the Worker said nothing of its own. */
  readonly code: string;
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
   * That nothing came of the call is certain. Tells of Compago's own calls (`compago-edge/compago`), and of calls that were not sent:
   * unless it is true, never repeat one of Compago's that charges or gives back.
   */
  readonly didNothing: boolean;
  /** The key of a call that had one: repeated with it after silence, the call is still made once. */
  readonly idempotencyKey?: string;
  readonly retryAfterMs: number | undefined;
  /**
   * Whether the same call may be answered later. Whether it may be made again is another matter: `didNothing` tells, or the Worker knows
   * the second by its idempotency key.
   */
  readonly temporary: boolean;
}

export interface CallOptions {
  /** The Worker's origin; by default the page's own. */
  origin?: string;
  /** The language of `detail` in errors. */
  language?: 'es-MX' | 'en';
  signal?: AbortSignal;
  /** 20,000 unless told. */
  timeoutMs?: number;
  /** Told of each answer before its body is read. */
  onResponse?(response: Response): void;
}

/** What `call` sends. */
export interface RequestOptions {
  method?: string;
  body?: unknown;
  headers?: Record<string, string>;
  /** What becomes of a redirect, as in `fetch`; hand in `manual` with a token, which a redirect could take elsewhere. */
  redirect?: 'error' | 'follow' | 'manual';
}

/**
 * One call of the Worker's API below `/api/`; resolves to the parsed answer, undefined if it has no body. An idempotency key stands in
 * the answer and in the error as well.
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
  options: CallOptions & RequestOptions & { idempotencyKey: string },
): Promise<T & { readonly idempotencyKey: string }>;
export function call<T>(path: string, options?: CallOptions & RequestOptions): Promise<T>;

/**
 * Orders, and answers where to pay. After silence or 503 the same key may be sent again: there is one order. The key stands in the
 * answer and in the error as well.
 *
 * ```js
 * import { createOrder } from 'compago-edge/status';
 *
 * const { checkoutUrl } = await createOrder(cart, crypto.randomUUID(), { origin: 'https://shop.example' });
 * console.log(checkoutUrl.includes('/checkout/otp/')); // true
 * ```
 */
export function createOrder(body: OrderRequest, idempotencyKey: string, options?: CallOptions): Promise<OrderCreated & { readonly idempotencyKey: string }>;
/**
 * Where an order stands.
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
 * A new link for an order whose last one ended without payment; 409 while it may still be paid, or once it was.
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
 * Takes an order back; answers what became of it, and 409 if it turned out to be paid.
 *
 * ```js
 * import { cancelOrder } from 'compago-edge/status';
 *
 * const { status } = await cancelOrder(order, { origin: 'https://shop.example' });
 * console.log(status); // "cancelled"
 * ```
 */
export function cancelOrder(order: string, options?: CallOptions): Promise<OrderStatus>;

export interface FollowOptions extends CallOptions {
  /** Asking failed and will be repeated; null once it goes well again. */
  onTrouble?(error: CompagoError | null): void;
  /** The longest wait after trouble; 60,000 unless told. */
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
 * The same as an async iterator: each new version of the status. Who leaves it, by `break` or `return()`, ends the asking at once.
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

/**
 * Each new version of what `read` answers, until it tells that nothing changes by itself any more.
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
export function versions<T extends { version?: number; pollAfterMs?: number | null }>(
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
