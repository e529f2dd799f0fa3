import type {
  ById,
  Cancellation,
  CardPayment,
  CardPaymentById,
  ChargePaymentMethod,
  ChargeStatus,
  CreateOneTimePayment,
  CreatePaymentIntent,
  CreatePaymentMethod,
  CreatedOneTimePayment,
  CreatedPaymentIntent,
  CreatedPaymentMethod,
  InCurrency,
  ListedPayment,
  MethodStatus,
  OneTimePayment,
  Page,
  PageOptions,
  PaymentIntent,
  PaymentMethod,
  PaymentStatus,
  RefundCardPayment,
  Revocation,
} from './compago-values.js';
import type { WasmModule } from './wasm-module.js';

export * from './compago-values.js';
export { CompagoError } from './status.js';
export type { CompagoErrorCode, CompagoRefusalCode, FieldProblemCode, MisuseCode, Problem } from './status.js';

/** Loads the wasm, once. Every call does so by itself; a program that starts may want to do it before the first. */
export function load(source?: ArrayBuffer | ArrayBufferView | WasmModule | URL | string | Response | Promise<Response>): Promise<void>;

/** For one call. */
export interface CallOptions {
  /** Aborts the call: it rejects with the signal's reason, and may have been carried out. */
  signal?: AbortSignal;
}

/** One-time payments: links that a payer opens and pays. */
export interface OneTimePayments {
  /**
   * Makes a payment link. An external id is used once: after a lost answer the same call makes no second payment.
   *
   * Compago's answer names no id, and its read of a final payment names neither order nor amount. So bind them while it is pending:
   * create, prove, store, and only then hand the link to the payer.
   *
   * ```js
   * import { compago } from 'compago-edge/compago';
   *
   * const { oneTimePayments } = compago({ apiKey, environment: 'demo' });
   * const { id, checkoutUrl } = await oneTimePayments.create({
   *   amount: '350.50',
   *   description: 'Café de los Altos',
   *   externalId,
   *   redirectUrl: 'https://shop.example/return',
   *   homepageUrl: 'https://shop.example/',
   *   billingInformation,
   * });
   * const read = id && (await oneTimePayments.get({ id }));
   * const isProved = read && read.id === id && read.externalId === externalId && read.amount === '350.50' && read.currency === 'MXN';
   * if (!isProved) throw new Error('look for the external id in oneTimePayments.list()');
   * console.log(isProved, checkoutUrl.endsWith(id)); // true true
   * // From here on `CONFIRMED` in a read of this id means that the order is paid.
   * ```
   */
  create(input: CreateOneTimePayment, options?: CallOptions): Promise<CreatedOneTimePayment>;
  /**
   * Reads a payment. `CONFIRMED` means that the payment with this id was paid, but not for which order: that is known only from what was stored.
   *
   * ```js
   * const { status } = await compago({ apiKey, environment: 'demo' }).oneTimePayments.get({ id: paymentId });
   * console.log(status); // "PENDING"
   * ```
   */
  get(input: ById, options?: CallOptions): Promise<OneTimePayment>;
  /**
   * Reads one page of all payments of the organisation.
   *
   * ```js
   * const { count, items } = await compago({ apiKey, environment: 'demo' }).oneTimePayments.list({ status: 'PENDING', pageSize: 1 });
   * console.log(count > 0, items.length); // true 1
   * ```
   */
  list(input?: PageOptions<PaymentStatus> & InCurrency, options?: CallOptions): Promise<Page<ListedPayment>>;
  /**
   * Cancels a link that nobody has paid. Without an answer, read the payment: it may have been paid meanwhile.
   *
   * ```js
   * const { status } = await compago({ apiKey, environment: 'demo' }).oneTimePayments.cancel({ id: paymentId });
   * console.log(status); // "CANCELLED"
   * ```
   */
  cancel(input: ById, options?: CallOptions): Promise<Cancellation>;
}

/** Charges at card terminals. */
export interface PaymentIntents {
  /**
   * Asks a terminal to charge a card; every other charge that waits there is cancelled. An external id is used once.
   *
   * ```js
   * const { paymentIntents } = compago({ apiKey, environment: 'demo' });
   * const { id, amount } = await paymentIntents.create({ amount: '80.00', externalId, terminalCode: 'TERM-01' });
   * console.log(amount); // "80.00"
   * ```
   */
  create(input: CreatePaymentIntent, options?: CallOptions): Promise<CreatedPaymentIntent>;
  /**
   * Reads a charge at a terminal. Go by `paid`.
   *
   * ```js
   * const { paid } = await compago({ apiKey, environment: 'demo' }).paymentIntents.get({ id: intentId });
   * console.log(paid); // false
   * ```
   */
  get(input: ById, options?: CallOptions): Promise<PaymentIntent>;
  /**
   * Cancels a charge that nobody has paid. Read it afterwards: it may have been paid meanwhile.
   *
   * ```js
   * await compago({ apiKey, environment: 'demo' }).paymentIntents.cancel({ id: intentId });
   * ```
   */
  cancel(input: ById, options?: CallOptions): Promise<Record<string, never>>;
}

/** Saved cards and their charges. */
export interface PaymentMethods {
  /**
   * Begins to save a card: the payer types it in at `checkoutUrl`.
   *
   * ```js
   * const { address, ...payer } = billingInformation;
   * const { checkoutUrl } = await compago({ apiKey, environment: 'demo' }).paymentMethods.create({ billingInformation: payer });
   * console.log(checkoutUrl.startsWith('http')); // true
   * ```
   */
  create(input: CreatePaymentMethod, options?: CallOptions): Promise<CreatedPaymentMethod>;
  /**
   * Reads a saved card. Only one that is `ACTIVE` can be charged.
   *
   * ```js
   * const { status } = await compago({ apiKey, environment: 'demo' }).paymentMethods.get({ id: cardId });
   * console.log(status); // "ACTIVE"
   * ```
   */
  get(input: ById, options?: CallOptions): Promise<PaymentMethod>;
  /**
   * Reads one page of all saved cards of the organisation.
   *
   * ```js
   * const { items } = await compago({ apiKey, environment: 'demo' }).paymentMethods.list({ status: 'ACTIVE' });
   * console.log(items.length > 0); // true
   * ```
   */
  list(input?: PageOptions<MethodStatus>, options?: CallOptions): Promise<Page<PaymentMethod>>;
  /**
   * Revokes a saved card, for good: it cannot be charged any more.
   *
   * ```js
   * const { success } = await compago({ apiKey, environment: 'demo' }).paymentMethods.revoke({ id: cardId });
   * console.log(success); // true
   * ```
   */
  revoke(input: ById, options?: CallOptions): Promise<Revocation>;
  /**
   * Charges a saved card, from "1.00" on. Two equal calls are two charges: Compago knows no idempotency key. Never repeat one unless its
   * error's `didNothing` is true: look for it with `payments`.
   *
   * ```js
   * const { paymentMethods } = compago({ apiKey, environment: 'demo' });
   * const { status } = await paymentMethods.charge({ id: cardId, amount: '120.00', description: 'Mayo' });
   * if (status !== 'CONFIRMED') throw new Error('not charged, or not yet: read it with `payment`');
   * ```
   */
  charge(input: ChargePaymentMethod, options?: CallOptions): Promise<CardPayment>;
  /**
   * Reads one page of the charges of a card.
   *
   * ```js
   * const { items } = await compago({ apiKey, environment: 'demo' }).paymentMethods.payments({ id: cardId });
   * console.log(items[0].amount); // "120.00"
   * ```
   */
  payments(input: ById & PageOptions<ChargeStatus>, options?: CallOptions): Promise<Page<CardPayment>>;
  /**
   * Reads one charge of a card.
   *
   * ```js
   * const { status } = await compago({ apiKey, environment: 'demo' }).paymentMethods.payment({ id: cardId, paymentId: chargeId });
   * console.log(status); // "CONFIRMED"
   * ```
   */
  payment(input: CardPaymentById, options?: CallOptions): Promise<CardPayment>;
  /**
   * Refunds the whole of a charge that is `CONFIRMED`. Compago refunds it once, so the call may be repeated after a lost answer.
   *
   * ```js
   * const { paymentMethods } = compago({ apiKey, environment: 'demo' });
   * const { status } = await paymentMethods.refund({ id: cardId, paymentId: chargeId, reason: 'Devuelto' });
   * console.log(status); // "REFUNDED"
   * ```
   */
  refund(input: RefundCardPayment, options?: CallOptions): Promise<CardPayment>;
}

/**
 * Compago's fifteen calls. Each rejects with `CompagoError`: `invalid-input` with all that is wrong before anything is sent;
 * Compago's refusals by their meaning (`duplicate-external-id`, `below-minimum`, `unauthorized`, `not-found` ...); and `busy`,
 * `server`, `redirect`, `unreachable` and `unreadable`, after which the call may have been carried out: `didNothing` tells them
 * apart. So may a call that its `signal` aborted; it rejects with the signal's reason.
 */
export interface Compago {
  /** Links that a payer opens and pays. */
  readonly oneTimePayments: OneTimePayments;
  /** Charges at card terminals. */
  readonly paymentIntents: PaymentIntents;
  /** Saved cards and their charges. */
  readonly paymentMethods: PaymentMethods;
}

/** Whose client it is, and where the API is: one of Compago's two environments, or a `baseUrl`. */
export type CompagoOptions = {
  /** From app.compago.com, Configuraciones > Desarrollador. It is sent to Compago alone. */
  apiKey: string;
  /** How long an answer is waited for, in milliseconds; by default 10,000. */
  timeoutMs?: number;
  /** In place of the global one. */
  fetch?: (input: string, init: RequestInit) => Promise<Response>;
  /** The language of `detail` of what is wrong with an input; by default English. */
  language?: 'es-MX' | 'en';
} & (
  | {
      /** `demo` moves no money. Each has keys of its own. */
      environment: 'production' | 'demo';
      /** Not beside an environment. */
      baseUrl?: never;
    }
  | {
      /** Not beside a `baseUrl`. */
      environment?: never;
      /**
       * Where else the API is, with its path, such as `http://127.0.0.1:4010/api`: https, or http on this machine (`localhost`, `127.0.0.1`,
       * `[::1]`), since the key is sent there.
       */
      baseUrl: string | URL;
    }
);

/**
 * A client of Compago's API, for servers and Workers.
 *
 * ```js
 * import { compago } from 'compago-edge/compago';
 *
 * const { oneTimePayments } = compago({ apiKey, environment: 'demo' });
 * const { items } = await oneTimePayments.list({ status: 'CONFIRMED' });
 * console.log(items.length);
 * ```
 */
export function compago(options: CompagoOptions): Compago;
