// Every export of the package, as a program would use it.

import {
  CompagoError,
  billingFields,
  call,
  cancelOrder,
  check,
  checkField,
  createOrder,
  followOrder,
  load,
  orderStatus,
  patience,
  retryOrder,
  shop,
  states,
  statuses,
  till,
  versions,
} from 'compago-edge';
import type {
  BillingField,
  BodyKind,
  CallOptions,
  Catalog,
  CatalogItem,
  ChargeOptions,
  CheckOptions,
  CreateOptions,
  FollowOptions,
  Fulfilment,
  Keyed,
  Language,
  Metadata,
  OrderCreated,
  OrderItem,
  OrderRequest,
  OrderStatus,
  Problem,
  Seller,
  Shipping,
  ShippingMethod,
  ShippingRequest,
  State,
  Till,
  TillCharge,
  TillChargeRequest,
} from 'compago-edge';
import { compago, load as loadForServer } from 'compago-edge/compago';
import type { CardPayment, CompagoOptions, CreateOneTimePayment, CreatedOneTimePayment, OneTimePayment, Page, PaymentMethod } from 'compago-edge/compago';
import { CompagoCart, CompagoOrder, CompagoPay, define } from 'compago-edge/elements';
import type { CartLine, CompagoElementEventMap } from 'compago-edge/elements';
import 'compago-edge/elements/define';
import { shop as shopAlone, till as tillAlone } from 'compago-edge/clients';
import { operator } from 'compago-edge/operator';
import type { CardCharge, DeliveryDetails, FulfilmentRequest, KeyedOptions, Operator, OrderPage } from 'compago-edge/operator';
import { CompagoError as SameError, statuses as sameStatuses } from 'compago-edge/status';
import type { CompagoErrorCode } from 'compago-edge/status';
import { verifyWebhook } from 'compago-edge/webhook';
import type { Environment, EventType, Incoming, OrderData, ShippingData, WebhookEvent } from 'compago-edge/webhook';

const assertNever = (value: never): never => value;

const body: OrderRequest = {
  items: [{ sku: 'cafe-altos-340', quantity: 2 }],
  billingInformation: {
    email: 'ana@example.com',
    firstName: 'Ana',
    lastName: 'Ruiz',
    phoneNumber: '5512340000',
    address: { addressLine: 'Calle 5 10', city: 'Puebla', state: 'PUE', zip: '72000' },
  },
};

const metadata: Metadata = { campaign: 'mayo' };
const shipping: ShippingRequest = { method: 'estafeta', recipient: 'Luis Ruiz', instructions: 'Tocar dos veces' };
const delivered: OrderRequest = { ...body, shipping, metadata };

export async function checks(): Promise<string[]> {
  await load();
  await load(new URL('https://shop.example/checks.wasm'));
  await load(await WebAssembly.compile(new Uint8Array(8)));
  const language: Language = 'en';
  const kind: BodyKind = 'payment-intent';
  const options: CheckOptions = { kind, language };
  const problems: Problem[] = [...check(body), ...check({ amount: '1' }, options)];
  const field: Problem | undefined = checkField('/items', []);
  const fields: BillingField[] = billingFields();
  const all: State[] = states();
  return [...problems.map(({ pointer, code, detail }) => pointer + code + detail), field?.code ?? '', fields[0]!.inputMode, all[0]!.name];
}

/** Each state has its words: one that is added later is a mistake here. */
export function words(status: OrderStatus['status']): string {
  switch (status) {
    case 'awaiting-payment':
    case 'verifying':
      return 'wait';
    case 'paid':
      return 'paid';
    case 'expired':
    case 'cancelled':
    case 'failed':
      return 'over';
    case 'on-hold':
      return 'ask';
    default:
      return assertNever(status);
  }
}

/** What another module may export, with its type inferred. */
export const ours = shop();
export const tills = till();
export const onceKnown = (order: string) => orderStatus(order);

export async function buy(signal: AbortSignal): Promise<string> {
  const client = shop({ origin: new URL('https://shop.example'), language: 'es-MX', timeoutMs: 5_000 });
  const alone: typeof client = shopAlone();
  const tillToo: Till = tillAlone();
  console.log(alone, tillToo);
  const catalog: Catalog = await client.catalog();
  const [item]: CatalogItem[] = catalog.items;
  const seller: Seller = catalog.shop;
  console.log(seller.name, catalog.environment === 'production');
  const created: OrderCreated & Keyed = await client.create(body, { idempotencyKey: 'one-purchase', signal });
  const again: CreateOptions = { idempotencyKey: created.idempotencyKey };
  await client.create(body, again);
  await client.create(body, { origin: 'https://shop.example' });
  const options: FollowOptions = { signal, slowestMs: 1_000, onTrouble: (trouble) => console.log(trouble?.code) };
  for await (const { status, pollAfterMs } of client.follow(created.order, options)) console.log(words(status), pollAfterMs);
  const asked: OrderStatus = await client.status(created.order);
  await client.retry(created.order);
  await client.cancel(created.order);
  const ways: ShippingMethod[] = catalog.shippingMethods.filter(({ pickup }) => !pickup);
  await client.create(delivered);
  return `${item?.name['es-MX']} ${item?.available} ${ways[0]?.freeFrom} ${asked.amount} ${progress(asked)}`;
}

/** What a receipt shows. */
function progress({ items, shipping, createdAt, paidAt, fulfilment }: OrderStatus): string {
  const lines: OrderItem[] = items;
  const fee: Shipping | undefined = shipping;
  const done: Fulfilment | undefined = fulfilment;
  const parcel = done?.status === 'handed-over' ? `${done.carrier} ${done.trackingNumber} ${done.at}` : 'here';
  return [...lines.map(({ sku, quantity, amount }) => `${quantity} ${sku} ${amount}`), fee?.name, createdAt, paidAt, parcel].join();
}

export async function charge(): Promise<TillCharge | string | undefined> {
  const client: Till = till({ origin: 'https://shop.example', token: 'cashier' });
  const request: TillChargeRequest = { amount: '350.50', terminalCode: 'TERM-01', takeOver: true, metadata };
  const options: ChargeOptions = { idempotencyKey: 'one-sale' };
  const { intent, idempotencyKey } = await client.charge(request, options);
  console.log(idempotencyKey);
  if (intent === null) return client.current('TERM-01');
  for await (const { status } of client.follow(intent)) console.log(status);
  await client.cancel(intent);
  const last = await client.status(intent);
  return last.status === 'paid' ? last.paidAt : last;
}

export async function poll(order: string, options: CallOptions): Promise<void> {
  const created: OrderCreated = await createOrder(body, 'one-purchase', options);
  const last: OrderStatus | undefined = await followOrder(order, { ...options, onChange: ({ version }) => console.log(version) });
  for await (const status of statuses(order)) console.log(status.reference);
  for await (const status of sameStatuses(order)) console.log(status.expiresAt);
  for await (const seen of versions(() => orderStatus(order))) console.log(seen.attempt);
  const again: OrderCreated = await retryOrder(created.order);
  const cancelled: OrderStatus = await cancelOrder(again.order);
  const health = await call<{ ok: boolean }>('health', { method: 'GET' });
  const kept = await call<{ reference: string }>('operator/orders', { method: 'POST', body, idempotencyKey: 'one-link', redirect: 'manual' });
  console.log(kept.reference, kept.idempotencyKey);
  await patience(100);
  console.log(last?.status, cancelled.status, health.ok);
}

export function explain(error: unknown): string {
  if (!(error instanceof CompagoError) || !(error instanceof SameError)) throw error;
  const known: CompagoErrorCode = error.code;
  if (known === 'amount-below-minimum' || known === 'duplicate-external-id' || known === 'webhook-body') console.log(known);
  const { code, status, pointer, errors, reference, minimum, didNothing, idempotencyKey, retryAfterMs, temporary, cause } = error;
  return [code, status, pointer, errors.length, reference, minimum, didNothing, idempotencyKey, retryAfterMs, temporary, cause].join();
}

export async function serve(apiKey: string): Promise<void> {
  const options: CompagoOptions = { apiKey, environment: 'demo', timeoutMs: 1_000, language: 'en', fetch: (input, init) => fetch(input, init) };
  await loadForServer();
  const { oneTimePayments, paymentIntents, paymentMethods } = compago(options);
  compago({ apiKey, baseUrl: new URL('http://127.0.0.1:4010/api') });
  const { items: _, ...payment } = { ...body, amount: '10.00', description: 'Café', externalId: 'a', redirectUrl: 'https://shop.example/r', homepageUrl: 'https://shop.example' };
  const input: CreateOneTimePayment = payment;
  const created: CreatedOneTimePayment = await oneTimePayments.create(input);
  const { checkoutUrl, id } = created;
  if (id !== null) await oneTimePayments.get({ id });
  const read: OneTimePayment = await oneTimePayments.get({ id: 'id' }, { signal: AbortSignal.timeout(1) });
  await oneTimePayments.list({ status: 'CONFIRMED', currency: 'MXN' });
  await oneTimePayments.cancel({ id: 'id' });
  await paymentIntents.create({ amount: '10.00', externalId: 'b', terminalCode: 'TERM-01' });
  await paymentIntents.get({ id: 'id' });
  await paymentIntents.cancel({ id: 'id' });
  const { address: __, ...billingInformation } = body.billingInformation;
  await paymentMethods.create({ billingInformation });
  await paymentMethods.create({ billingInformation, displayMode: 'EMBEDDED', buttonText: 'Guardar', buttonColor: '#112233' });
  await paymentMethods.get({ id: 'id' });
  const methods: Page<PaymentMethod> = await paymentMethods.list();
  const charged: CardPayment = await paymentMethods.charge({ id: 'id', amount: '10.00' });
  await paymentMethods.payments({ id: 'id' });
  await paymentMethods.payment({ id: 'id', paymentId: charged.id });
  await paymentMethods.refund({ id: 'id', paymentId: charged.id, reason: 'Devuelto' });
  await paymentMethods.revoke({ id: 'id' });
  console.log(checkoutUrl, read.amount, methods.items.length);
}

export async function manage(token: string): Promise<CardCharge> {
  const client: Operator = operator({ origin: 'https://shop.example', token, language: 'en' });
  const key: KeyedOptions = { idempotencyKey: 'one-invoice' };
  const { reference, idempotencyKey } = await client.orders.create({ amount: '1250.35', description: 'Factura 881', billingInformation: body.billingInformation }, key);
  const orders: OrderPage = await client.orders.list({ search: reference, from: new Date(0), pageSize: 10 });
  console.log(idempotencyKey, orders.items[0]?.reference, (await client.orders.get(reference)).history.length);
  const handover: FulfilmentRequest = { status: 'handed-over', carrier: 'Estafeta', trackingNumber: '8055' };
  const { order } = await client.orders.fulfil(reference, handover);
  const to: DeliveryDetails = await client.orders.delivery(reference);
  const waiting = await client.orders.list({ fulfilment: 'pending', metadata: { campaign: 'mayo' } });
  console.log(order.fulfilment?.status, to.recipient, to.address?.zip, waiting.count);
  await client.oneTimePayments.list({ status: 'pending' }).then(({ items }) => Promise.all(items.map(({ id }) => client.oneTimePayments.cancel(id))));
  await client.attention.done('order', reference);
  const charged = await client.paymentMethods.charge('id', { amount: '120.00' }, key);
  if (charged.payment !== null) await client.paymentMethods.refund('id', charged.payment, undefined, key);
  return charged;
}

export async function hook(request: Incoming): Promise<OrderData | undefined> {
  const event: WebhookEvent = await verifyWebhook(request, ['whsec_new', 'whsec_old'], { toleranceSeconds: 60 });
  const type: EventType = event.type;
  switch (event.type) {
    case 'order.paid':
      return dataOf(event);
    case 'payment-intent.paid':
      console.log(event.data.card.lastFourDigits, event.data.late);
      break;
    case 'payment-intent.closed':
      console.log(event.data.outcome === 'expired', event.data.terminalCode);
      break;
    case 'payment.on-hold':
      console.log(event.data.reason, event.data.paymentMethod);
      break;
  }
  const environment: Environment | undefined = event.environment;
  console.log(type, event.id, event.timestamp, environment);
  return undefined;
}

const dataOf = ({ data }: WebhookEvent<'order.paid'>): OrderData => data;

/** What is delivered, and whose word the metadata is. */
export function parcelOf({ items, shipping, metadata, metadataSource, fulfilment }: OrderData): string {
  const fee: ShippingData | undefined = shipping;
  const own = metadataSource === 'backend' ? metadata['invoice'] : undefined;
  return [...items.map(({ sku, name, quantity }) => `${quantity} ${name} ${sku}`), fee?.method, own, fulfilment?.at].join();
}

/** The elements; in Node, where there are none, registering does nothing. */
define();
define(undefined, { worker: 'https://shop.example', stylesheet: '/elements.css' });
export function elements(root: HTMLElement): [CompagoPay, CompagoOrder] {
  const pay = document.createElement('compago-pay');
  pay.sku = 'cafe-altos-340';
  pay.quantity = 2;
  pay.language = 'en';
  pay.addEventListener('compago-created', (event) => {
    event.preventDefault();
    location.assign(event.detail.checkoutUrl);
  });
  pay.addEventListener('compago-error', ({ detail }: CompagoElementEventMap['compago-error']) => console.warn(detail.code));
  pay.addEventListener('click', ({ clientX }) => console.log(clientX));
  pay.worker = 'https://shop.example';
  pay.returnUrl = '/gracias';
  pay.shipping = 'none';
  pay.cart = true;
  pay.quantity = undefined;
  pay.language = null;
  const cart = root.querySelector('compago-cart') ?? new CompagoCart();
  if (!cart.add('taza-barro', 2)) cart.clear();
  const lines: CartLine[] = cart.items;
  document.addEventListener('compago-cart', ({ detail }) => console.log(detail.items.length, lines.length));
  const order = root.querySelector('compago-order') ?? new CompagoOrder();
  order.order = 'an-order';
  order.addEventListener('compago-status', ({ detail }) => console.log(detail.status === 'paid'));
  root.append(pay instanceof CompagoPay ? pay : order);
  return [pay, order];
}
