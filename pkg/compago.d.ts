import type { WasmModule } from './wasm-module.js';

export { CompagoError } from './status.js';
export type { Problem } from './status.js';

/** Loads the wasm, once. Every call does so by itself; a program that starts may want to do it before the first. */
export function load(source?: ArrayBuffer | ArrayBufferView | WasmModule | URL | string | Response | Promise<Response>): Promise<void>;

/** Decimal text of pesos with at most two decimals, such as "350.50". No floats. */
export type Amount = string;
/** RFC 3339 in UTC with milliseconds. */
export type Time = string;

/** Every state that is documented. Others may come: treat them as not final. */
export type PaymentStatus = 'PENDING' | 'CONFIRMED' | 'CANCELLED' | (string & {});
export type MethodStatus = 'PENDING' | 'ACTIVE' | 'EXPIRED' | 'REVOKED' | (string & {});
export type ChargeStatus = 'NOT_INITIALIZED' | 'PENDING' | 'CONFIRMED' | 'CANCELLED' | 'REFUNDED' | (string & {});

export interface Payer {
  email: string;
  firstName: string;
  lastName: string;
  phoneNumber: string;
}

export interface CreateOneTimePayment {
  amount: Amount;
  currency?: 'MXN';
  description: string;
  /** Unique within the organisation for ever. */
  externalId: string;
  /** Where the payer returns to; Compago appends `id` and `externalId`. */
  redirectUrl: string;
  homepageUrl: string;
  /** 10 to 2,880, which it is unless told. */
  ttlMinutes?: number;
  billingInformation: Payer & { address: { addressLine: string; city: string; state: string; zip: string } };
}

/** A payment as a read tells it: once it is final, neither its id nor its amount stands in it. */
export interface OneTimePayment {
  readonly status: PaymentStatus;
  readonly expired: boolean | null;
  readonly id: string | null;
  readonly externalId: string | null;
  readonly amount: Amount | null;
  readonly currency: string | null;
  readonly expiresAt: Time | null;
  readonly homepageUrl: string | null;
  readonly redirectUrl: string | null;
  readonly description: string | null;
}

export interface ListedPayment {
  readonly id: string;
  readonly status: PaymentStatus;
  readonly amount: Amount;
  readonly currency: string;
  readonly externalId: string;
  readonly description: string | null;
  readonly expiresAt: Time | null;
  readonly redirectUrl: string | null;
  readonly homepageUrl: string | null;
  readonly createdAt: Time | null;
  readonly updatedAt: Time | null;
  readonly payer: { readonly [field in keyof Payer]: string | null } | null;
}

/** One page. `unreadable` counts the items that were no such thing as documented. */
export interface Page<Item> {
  readonly count: number | null;
  readonly items: Item[];
  readonly unreadable: number;
}

export interface PageOptions<Status> {
  /** Counted from 1. */
  page?: number;
  /** 1 to 500; 100 unless told. */
  pageSize?: number;
  status?: Status;
}

export interface Card {
  readonly network: string | null;
  readonly lastFourDigits: string | null;
}

/** A charge at a terminal. It is paid if `paid` says so, whatever stands beside it. */
export interface PaymentIntent {
  readonly id: string;
  readonly status: PaymentStatus;
  readonly expired: boolean | null;
  readonly paid: boolean;
  readonly card: Card;
}

export interface CreatedPaymentIntent {
  readonly id: string;
  readonly status: PaymentStatus | null;
  readonly amount: Amount;
  readonly currency: string;
  readonly externalId: string;
}

export type CreatePaymentMethod = {
  billingInformation: Payer;
  externalId?: string;
  /** At least "1.00", which it is unless told; charged and voided. */
  verificationAmount?: Amount;
  redirectUrl?: string;
  ttlMinutes?: number;
} & ({ displayMode?: 'LINK'; buttonText?: never; buttonColor?: never } | { displayMode: 'EMBEDDED'; buttonText?: string; buttonColor?: `#${string}` });

export interface PaymentMethod {
  readonly id: string;
  readonly status: MethodStatus;
  readonly externalId: string | null;
  readonly card: Card;
  readonly createdAt: Time | null;
}

export interface CardPayment {
  readonly id: string;
  readonly status: ChargeStatus;
  readonly amount: Amount;
  readonly currency: string;
  readonly createdAt: Time | null;
}

export interface CallOptions {
  signal?: AbortSignal;
}

/** Names a thing of Compago's. */
export interface ById {
  id: string;
}

type Call<Input, Answer> = (input: Input, options?: CallOptions) => Promise<Answer>;
type ListCall<Status, Item> = (input?: PageOptions<Status>, options?: CallOptions) => Promise<Page<Item>>;

/**
 * Compago's fifteen calls. Each rejects with `CompagoError`: `invalid-input` with all that is wrong before anything is sent;
 * Compago's refusals by their meaning (`duplicate-external-id`, `below-minimum`, `unauthorized`, `not-found` ...); and `busy`,
 * `server`, `redirect`, `unreachable` and `unreadable`, after which the call may have been carried out: `didNothing` tells them
 * apart. So may one that its `signal` gave up, which rejects with the signal's reason.
 */
export interface Compago {
  readonly oneTimePayments: {
    readonly create: Call<CreateOneTimePayment, { readonly checkoutUrl: string }>;
    readonly get: Call<ById, OneTimePayment>;
    readonly list: (input?: PageOptions<PaymentStatus> & { currency?: 'MXN' }, options?: CallOptions) => Promise<Page<ListedPayment>>;
    readonly cancel: Call<ById, { readonly id: string; readonly status: PaymentStatus }>;
  };
  readonly paymentIntents: {
    readonly create: Call<{ amount: Amount; currency?: 'MXN'; externalId: string; terminalCode?: string }, CreatedPaymentIntent>;
    readonly get: Call<ById, PaymentIntent>;
    readonly cancel: Call<ById, Record<string, never>>;
  };
  readonly paymentMethods: {
    readonly create: Call<CreatePaymentMethod, { readonly id: string; readonly checkoutUrl: string }>;
    readonly get: Call<ById, PaymentMethod>;
    readonly list: ListCall<MethodStatus, PaymentMethod>;
    readonly revoke: Call<ById, { readonly success: boolean }>;
    /** Two equal calls are two charges: Compago knows no idempotency key. Never repeat one whose answer was lost. */
    readonly charge: Call<ById & { amount: Amount; currency?: 'MXN'; description?: string }, CardPayment>;
    readonly payments: Call<ById & PageOptions<ChargeStatus>, Page<CardPayment>>;
    readonly payment: Call<ById & { paymentId: string }, CardPayment>;
    readonly refund: Call<ById & { paymentId: string; reason?: string }, CardPayment>;
  };
}

export type CompagoOptions = {
  /** From app.compago.com, Configuraciones > Desarrollador. It is sent to Compago alone. */
  apiKey: string;
  /** 10,000 unless told. */
  timeoutMs?: number;
  /** In place of the global one. */
  fetch?: (input: string, init: RequestInit) => Promise<Response>;
  /** The language of `detail` of what is wrong with an input; English unless told. */
  language?: 'es-MX' | 'en';
} & (
  | { environment: 'production' | 'demo'; baseUrl?: never }
  | {
      environment?: never;
      /** Where else the API is: https, or http on this machine (`localhost`, `127.0.0.1`, `[::1]`), since the key is sent there. */
      baseUrl: string | URL;
    }
);

/**
 * A client of Compago's API, for servers and Workers.
 *
 * ```js
 * import { compago } from 'compago-edge/compago';
 *
 * const { oneTimePayments } = compago({ apiKey, baseUrl });
 * const { items } = await oneTimePayments.list({ status: 'CONFIRMED' });
 * console.log(items.length);
 * ```
 */
export function compago(options: CompagoOptions): Compago;
