import type { Address } from './order-values.js';

export type { Address } from './order-values.js';

/** Decimal text of pesos with at most two decimals, such as "350.50". No floats. */
export type Amount = string;
/** RFC 3339 in UTC with milliseconds. */
export type Time = string;

/** Every state of a payment or a charge at a terminal that is documented. Others may come: treat them as not final. */
export type PaymentStatus = 'PENDING' | 'CONFIRMED' | 'CANCELLED' | (string & {});
/** Every state of a saved card that is documented. Only one that is `ACTIVE` can be charged. */
export type MethodStatus = 'PENDING' | 'ACTIVE' | 'EXPIRED' | 'REVOKED' | (string & {});
/** Every state of a charge of a saved card that is documented. The card was charged only if it is `CONFIRMED`, or was. */
export type ChargeStatus = 'NOT_INITIALIZED' | 'PENDING' | 'CONFIRMED' | 'CANCELLED' | 'REFUNDED' | (string & {});

/** Who pays. Every field is required. */
export interface Payer {
  /** Where receipts go; up to 254 characters. */
  email: string;
  /** Given name; up to 80 characters. */
  firstName: string;
  /** Family name or names; up to 80 characters. */
  lastName: string;
  /** Ten digits of Mexico, or `+`, the country code and the number; it is sent on as `+525512340000`. */
  phoneNumber: string;
}

/** Who pays, and where from. */
export interface PayerWithAddress extends Payer {
  /** Billing address. */
  address: Address;
}

/** A payment link to be made. */
export interface CreateOneTimePayment {
  /** From "0.01" to "99999999.99"; at least the account's own minimum, which is not published. */
  amount: Amount;
  /** Mexican pesos, the one currency. */
  currency?: 'MXN';
  /** What the payer reads at the checkout; up to 200 characters. */
  description: string;
  /** Unique within the organisation for ever: 1 to 64 of `A-Z a-z 0-9 _ -`. A new attempt needs a new one. */
  externalId: string;
  /** Where the payer returns to, https; Compago appends `id` and `externalId`. */
  redirectUrl: string;
  /** Where a payer who turns back goes, https; every later answer about the payment repeats it. */
  homepageUrl: string;
  /** How long the link can be paid, in minutes: 10 to 2,880, which is the default. */
  ttlMinutes?: number;
  /** Who pays, with the address. */
  billingInformation: PayerWithAddress;
}

/** What creating answers. */
export interface CreatedOneTimePayment {
  /** Compago's page, where the payer pays. */
  readonly checkoutUrl: string;
  /**
   * The payment's id, as the checkout URL names it: a candidate, since Compago does not say that it is one. Prove it by a read before
   * anything rests on it, and before the payer gets the link. Null if the URL has another form: look for `externalId` in the list then.
   */
  readonly id: string | null;
}

/** A payment as a read returns it: once it is final, without its id, its external id and its amount. */
export interface OneTimePayment {
  /** Its status. */
  readonly status: PaymentStatus;
  /** Whether the link's time has passed, whatever the state. */
  readonly expired: boolean | null;
  /** Its id, while it is pending. */
  readonly id: string | null;
  /** The merchant's id of it, while it is pending. */
  readonly externalId: string | null;
  /** What is to be paid, while it is pending. */
  readonly amount: Amount | null;
  /** Its currency, while it is pending. */
  readonly currency: string | null;
  /** When the link runs out, while it is pending. */
  readonly expiresAt: Time | null;
  /** The home page that was sent when it was made. */
  readonly homepageUrl: string | null;
  /** The return URL that was sent when it was made, while it is pending. */
  readonly redirectUrl: string | null;
  /** What the payer reads, while it is pending. */
  readonly description: string | null;
}

/** A payment as the list returns it: with all fields, whatever its status. */
export interface ListedPayment {
  /** Its id. */
  readonly id: string;
  /** Its status. */
  readonly status: PaymentStatus;
  /** What is or was to be paid. */
  readonly amount: Amount;
  /** Its currency. */
  readonly currency: string;
  /** The merchant's id of it. */
  readonly externalId: string;
  /** What the payer reads. */
  readonly description: string | null;
  /** When the link runs out. */
  readonly expiresAt: Time | null;
  /** The return URL that was sent when it was made. */
  readonly redirectUrl: string | null;
  /** The home page that was sent when it was made. */
  readonly homepageUrl: string | null;
  /** When it was made. */
  readonly createdAt: Time | null;
  /** When it last changed. */
  readonly updatedAt: Time | null;
  /** Who pays, as far as the list says. */
  readonly payer: { readonly [field in keyof Payer]: string | null } | null;
}

/** What cancelling answers. */
export interface Cancellation {
  /** The payment's id. */
  readonly id: string;
  /** Its status now. */
  readonly status: PaymentStatus;
}

/** Only payments in a currency. */
export interface InCurrency {
  /** Mexican pesos, the one currency. */
  currency?: 'MXN';
}

/** One page of a list, in an order that is not documented. */
export interface Page<Item> {
  /** How many there are on all pages. */
  readonly count: number | null;
  /** Those of this page. */
  readonly items: Item[];
  /** How many items of this page could not be read, because they are not as Compago documents them. */
  readonly unreadable: number;
}

/** Which page of a list. */
export interface PageOptions<Status> {
  /** Counted from 1. */
  page?: number;
  /** 1 to 500; by default 100. */
  pageSize?: number;
  /** Only those in this state. */
  status?: Status;
}

/** Which card it was, as far as Compago says. */
export interface Card {
  /** Such as `VISA`. */
  readonly network: string | null;
  /** The end of its number. */
  readonly lastFourDigits: string | null;
}

/** A charge at a terminal. It is paid if `paid` is true, whatever the other fields say. */
export interface PaymentIntent {
  /** Its id. */
  readonly id: string;
  /** Its status; see `paid`. */
  readonly status: PaymentStatus;
  /** Whether its time has passed. */
  readonly expired: boolean | null;
  /** Whether the card was charged. */
  readonly paid: boolean;
  /** With which card. */
  readonly card: Card;
}

/** A charge at a terminal to be made. */
export interface CreatePaymentIntent {
  /** From "0.01" to "99999999.99". */
  amount: Amount;
  /** Mexican pesos, the one currency. */
  currency?: 'MXN';
  /** Unique within the organisation for ever: 1 to 64 of `A-Z a-z 0-9 _ -`. */
  externalId: string;
  /** At which terminal: its serial number, up to 40 of `A-Z a-z 0-9 _ - .`; by default at any. */
  terminalCode?: string;
}

/** What creating a charge at a terminal answers: the one answer that names its external id and amount. */
export interface CreatedPaymentIntent {
  /** Its id. */
  readonly id: string;
  /** Its status. */
  readonly status: PaymentStatus | null;
  /** What is to be charged. */
  readonly amount: Amount;
  /** Its currency. */
  readonly currency: string;
  /** The merchant's id of it. */
  readonly externalId: string;
}

/** A card to be saved, on Compago's page (`LINK`) or in its form inside of a page (`EMBEDDED`), whose button can be changed. */
export type CreatePaymentMethod = {
  /** Whose card. */
  billingInformation: Payer;
  /** The merchant's own name for it, such as the customer's: 1 to 64 of `A-Z a-z 0-9 _ -`. */
  externalId?: string;
  /** At least "1.00", which is the default; charged and voided. */
  verificationAmount?: Amount;
  /** Where the payer goes afterwards, https. */
  redirectUrl?: string;
  /** How long the form can be used, in minutes: 1 to 43,200; by default 2,880. */
  ttlMinutes?: number;
} & (OnCompagosPage | InsideOfPage);

/** The payer saves the card on Compago's page. */
export interface OnCompagosPage {
  /** `LINK` by default. */
  displayMode?: 'LINK';
  /** Only with `EMBEDDED`. */
  buttonText?: never;
  /** Only with `EMBEDDED`. */
  buttonColor?: never;
}

/** The payer saves the card in Compago's form inside of a page. */
export interface InsideOfPage {
  /** The form is shown in a frame. */
  displayMode: 'EMBEDDED';
  /** What its button says; up to 40 characters. */
  buttonText?: string;
  /** The colour of its button: `#` and six hexadecimal digits. */
  buttonColor?: `#${string}`;
}

/** What beginning to save a card answers. */
export interface CreatedPaymentMethod {
  /** Its id. */
  readonly id: string;
  /** Compago's page, where the payer types the card in. */
  readonly checkoutUrl: string;
}

/** A charge of a saved card to be made. */
export interface ChargePaymentMethod extends ById, InCurrency {
  /** From "1.00" to "99999999.99". */
  amount: Amount;
  /** What for; up to 200 characters. */
  description?: string;
}

/** A charge of a saved card to be refunded. */
export interface RefundCardPayment extends CardPaymentById {
  /** Why; up to 200 characters. */
  reason?: string;
}

/** What revoking a saved card answers. */
export interface Revocation {
  /** Whether it was revoked. */
  readonly success: boolean;
}

/** A saved card. */
export interface PaymentMethod {
  /** Its id. */
  readonly id: string;
  /** Its status. */
  readonly status: MethodStatus;
  /** The merchant's own name for it. */
  readonly externalId: string | null;
  /** Which card it is. */
  readonly card: Card;
  /** When it was created. */
  readonly createdAt: Time | null;
}

/** A charge of a saved card. */
export interface CardPayment {
  /** Its id. */
  readonly id: string;
  /** Its status: an answer does not mean that the card was charged. */
  readonly status: ChargeStatus;
  /** What was charged. */
  readonly amount: Amount;
  /** Its currency. */
  readonly currency: string;
  /** When it was made. */
  readonly createdAt: Time | null;
}

/** Identifies a payment, a charge at a terminal or a saved card. */
export interface ById {
  /** Its id, a UUID. */
  id: string;
}

/** Identifies a charge of a saved card. */
export interface CardPaymentById extends ById {
  /** The charge's id; `id` is the card's. */
  paymentId: string;
}
