/** @typedef {import('./side.mjs').Call} Call */

const stranger = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';

const customer = { email: 'ana@example.com', firstName: 'Ana', lastName: 'Ruiz', phoneNumber: '+525512340000' };

/** A body that creates a payment link. @param {string} externalId @param {object} [changes] */
export const payment = (externalId, changes = {}) => ({
  amount: 350.5,
  currency: 'MXN',
  description: 'Pedido 881 ñandú',
  externalId,
  redirectUrl: 'https://shop.example/vuelta?ref=881#fin',
  homepageUrl: 'https://shop.example',
  ttlMinutes: 60,
  billingInformation: { ...customer, address: { addressLine: 'Calle 5 10', city: 'Puebla', state: 'PUE', zip: '03100' } },
  ...changes,
});

/** @param {string} externalId @param {object} [changes] */
const intent = (externalId, changes = {}) => ({ amount: 120, currency: 'MXN', externalId, terminalCode: 'TERM-01', ...changes });

/** @param {object} [changes] */
const method = (changes = {}) => ({ externalId: 'cli-7', redirectUrl: 'https://shop.example/tarjeta?ref=7', ttlMinutes: 120, billingInformation: customer, ...changes });

/** @param {string} path @param {unknown} [json] @returns {Call} a call of the control API */
const control = (path, json) => ['POST', `/_sandbox${path}`, { json }];

/** @param {string} endpoint @param {object} fault @returns {Call} */
const plan = (endpoint, fault) => control('/faults', { endpoint, fault });

/** @param {object} json @returns {Call} */
const set = (json) => ['PUT', '/_sandbox/settings', { json }];

/**
 * What both sandboxes are asked, in this order.
 *
 * @type {Record<string, Call[]>}
 */
export const calls = {
  'calls that are refused': [
    ['GET', '/api/one-time-payment', { key: null }],
    ['GET', '/api/one-time-payment', { key: 'another-key' }],
    ['GET', '/api/refunds'],
    ['PUT', '/api/one-time-payment'],
    ['POST', '/api/one-time-payment', { text: '{', type: 'application/json' }],
    ['POST', '/api/one-time-payment', { text: JSON.stringify(payment('ord-0')), type: 'text/plain' }],
    ['POST', '/api/one-time-payment', { json: payment('ord-0', { description: '' }) }],
    ['POST', '/api/one-time-payment', { json: payment('ord-0', { amount: 0.001 }) }],
    ['POST', '/api/one-time-payment', { json: payment('ord-0', { description: 'x'.repeat(2_100_000) }) }],
    ['GET', '/api/one-time-payment?page=0'],
    ['GET', '/api/one-time-payment?page=1&page=2'],
    ['GET', `/api/one-time-payment/${stranger}`],
    ['GET', '/api/one-time-payment/%20%C3%B1'],
    ['GET', '/_sandbox/nothing'],
    ['POST', '/_sandbox/clock', { text: 'now' }],
  ],
  'a payment link': [
    ['POST', '/api/one-time-payment', { json: payment('ord-1'), as: 'coffee' }],
    ['POST', '/api/one-time-payment', { json: payment('ord-1') }],
    ['POST', '/api/one-time-payment', { json: payment('ord-2 ñ/&'), as: 'tea' }],
    ['POST', '/api/one-time-payment', { json: payment('ord-3'), as: 'mug' }],
    ['GET', '/api/one-time-payment/{coffee}'],
    ['GET', '/api/one-time-payment'],
    ['GET', '/api/one-time-payment?page=2&pageSize=1&status=PENDING&currency=MXN'],
    ['PATCH', '/api/one-time-payment/{mug}/cancel'],
    ['PATCH', '/api/one-time-payment/{mug}/cancel'],
    ['GET', '/api/one-time-payment/{mug}'],
  ],
  'its page': [
    ['GET', '/checkout/otp/{coffee}'],
    ['GET', '/checkout/otp/{coffee}?lang=en'],
    ['HEAD', '/checkout/otp/{coffee}'],
    ['GET', `/checkout/otp/${stranger}?lang=en`],
    ['GET', '/checkout/nothing'],
    ['POST', '/checkout/otp/{coffee}/decline', { form: {} }],
    ['GET', '/checkout/otp/{coffee}?declined=1'],
    ['POST', '/checkout/otp/{coffee}/pay?lang=en', { form: {} }],
    ['POST', '/checkout/otp/{coffee}/pay', { form: {} }],
    ['POST', '/checkout/otp/{mug}/pay', { form: {} }],
    ['GET', '/checkout/otp/{coffee}'],
    ['GET', '/checkout/otp/{mug}'],
    ['GET', '/api/one-time-payment/{coffee}'],
    ['POST', '/checkout/otp/{tea}/pay', { form: {} }],
    ...['style.css', 'countdown.js', 'terminal.js', 'icon.svg', 'nothing.css'].map((name) => /** @type {const} */ (['GET', `/assets/${name}`])),
  ],
  'the control API': [
    ['POST', '/api/one-time-payment', { json: payment('ord-4'), as: 'bag' }],
    control('/one-time-payments/{bag}/decline'),
    control('/one-time-payments/{bag}/hide'),
    ['GET', '/api/one-time-payment/{bag}'],
    control('/one-time-payments/{bag}/show'),
    control('/one-time-payments/{bag}/amend', { amount: 10.5, currency: 'USD', externalId: 'ord-1', redirectUrl: 'https://other.example' }),
    control('/one-time-payments/{bag}/amend', { amount: '10' }),
    control('/one-time-payments/{bag}/pay'),
    control('/one-time-payments/{bag}/pay'),
    control('/one-time-payments/{bag}/unconfirm', { status: 'CANCELLED' }),
    control('/one-time-payments/{bag}/confirm'),
    control(`/one-time-payments/${stranger}/pay`),
    control('/one-time-payments/seed', { count: 40, days: 3 }),
    ['GET', '/api/one-time-payment?pageSize=50'],
    ['GET', '/_sandbox/settings'],
    set({ minimumAmount: '900.00', minimumAmountStyle: 'two-decimals', fractionalSeconds: true, listOrder: 'oldest' }),
    set({ minimumAmount: 'much' }),
    ['POST', '/api/one-time-payment', { json: payment('ord-5') }],
    ['GET', '/api/one-time-payment?pageSize=3'],
    set({ minimumAmount: '10.00', fractionalSeconds: false, listOrder: 'newest' }),
    ['POST', '/api/one-time-payment', { json: payment('ord-6'), as: 'late' }],
    control('/clock', { advanceMs: 61 * 60_000 }),
    control('/clock', { advanceMs: 9e15 }),
    ['GET', '/api/one-time-payment/{late}'],
    ['GET', '/checkout/otp/{late}'],
    ['GET', '/_sandbox/clock'],
  ],
  'a terminal': [
    ['POST', '/api/payment-intent', { json: intent('caja-1', { terminalCode: 'TERM-09' }) }],
    ['GET', '/terminal/TERM-01'],
    ['POST', '/api/payment-intent', { json: intent('caja-1'), as: 'first' }],
    ['POST', '/api/payment-intent', { json: intent('caja-1') }],
    ['GET', '/terminal/TERM-01?lang=en'],
    ['GET', '/terminal/TERM-01/screen'],
    ['POST', '/api/payment-intent', { json: intent('caja-2'), as: 'second' }],
    ['GET', '/api/payment-intent/{first}'],
    ['POST', '/terminal/TERM-01/decline', { form: { intent: '{second}' } }],
    ['POST', '/terminal/TERM-01/tap', { form: { intent: '{second}', card: 'amex' } }],
    ['POST', '/terminal/TERM-01/tap', { form: { card: 'amex' } }],
    ['GET', '/terminal/TERM-01?seen={second}'],
    ['GET', '/api/payment-intent/{second}'],
    ['POST', '/api/payment-intent/{second}/cancel'],
    ['POST', '/api/payment-intent', { json: intent('caja-3', { terminalCode: undefined }), as: 'third' }],
    ['GET', '/terminal/open/{third}'],
    ['GET', '/terminal/TERM-02?pick={third}'],
    control('/payment-intents/{third}/decline'),
    ['POST', '/api/payment-intent/{third}/cancel'],
    control('/payment-intents/{third}/tap', { force: true, card: 'visa-debit', terminalCode: 'TERM-02' }),
    ['GET', '/api/payment-intent/{third}'],
    ['GET', '/terminal/nowhere'],
  ],
  'saved cards': [
    ['POST', '/api/payment-method', { json: method(), as: 'ana' }],
    ['POST', '/api/payment-method', { json: method({ displayMode: 'EMBEDDED', buttonText: 'Guardar', buttonColor: '#00AA77', redirectUrl: undefined }), as: 'framed' }],
    ['POST', '/api/payment-method', { json: method({ buttonText: 'Guardar' }) }],
    ['GET', '/checkout/card/{ana}?lang=en'],
    ['GET', '/checkout/card/{framed}'],
    ['GET', '/checkout/card/{framed}/button.css'],
    ['POST', '/checkout/card/{ana}/decline', { form: {} }],
    ['POST', '/checkout/card/{ana}/save', { form: { card: 'mastercard' } }],
    ['POST', '/checkout/card/{framed}/save', { form: { card: 'declines' } }],
    ['GET', '/checkout/card/{framed}'],
    ['GET', '/api/payment-method/{ana}'],
    ['GET', '/api/payment-method?status=ACTIVE'],
    ['POST', '/api/payment-method/{ana}/payment', { json: { amount: 50, description: 'Julio' }, as: 'july' }],
    ['POST', '/api/payment-method/{framed}/payment', { json: { amount: 50 } }],
    ['POST', '/api/payment-method/{ana}/payment', { json: { amount: 0.5 } }],
    ['GET', '/api/payment-method/{ana}/payment'],
    ['GET', '/api/payment-method/{ana}/payment/{july}'],
    ['POST', '/api/payment-method/{ana}/payment/{july}/refund', { json: { reason: 'No llegó' } }],
    ['POST', '/api/payment-method/{ana}/payment/{july}/refund'],
    set({ chargeOutcome: 'pending', chargeSettleSeconds: 5 }),
    ['POST', '/api/payment-method/{ana}/payment', { json: { amount: 60 }, as: 'august' }],
    control('/clock', { advanceMs: 6_000 }),
    ['GET', '/api/payment-method/{ana}/payment/{august}'],
    ['DELETE', '/api/payment-method/{ana}'],
    ['DELETE', '/api/payment-method/{ana}'],
    control('/payment-methods/{framed}/revoke'),
  ],
  'faults of answers': [
    plan('one-time-payment.create', { kind: 'refuse', status: 503 }),
    ['POST', '/api/one-time-payment', { json: payment('ord-7') }],
    plan('one-time-payment.create', { kind: 'answer', status: 200, body: { redirectUrl: 'https://evil.example' } }),
    ['POST', '/api/one-time-payment', { json: payment('ord-7') }],
    plan('one-time-payment.list', { kind: 'answer', status: 502, body: '<h1>Bad gateway</h1>', contentType: 'text/html' }),
    ['GET', '/api/one-time-payment'],
    ...[204, 304].flatMap((status) => [plan('one-time-payment.list', { kind: 'answer', status, body: 'text' }), /** @type {const} */ (['GET', '/api/one-time-payment'])]),
    plan('one-time-payment.get', { kind: 'redirect', location: 'https://evil.example/api' }),
    ['GET', '/api/one-time-payment/{coffee}'],
    plan('one-time-payment.get', { kind: 'huge', bytes: 300_000 }),
    ['GET', '/api/one-time-payment/{coffee}'],
    plan('one-time-payment.get', { kind: 'delay', ms: 50 }),
    ['GET', '/api/one-time-payment/{coffee}'],
    ...['insert', 'reverse', 'touch'].flatMap((how) => [plan('one-time-payment.list', { kind: 'drift', how, by: 2 }), /** @type {const} */ (['GET', '/api/one-time-payment?pageSize=4'])]),
    plan('one-time-payment.get', { kind: 'drift' }),
    plan('one-time-payment.get', { kind: 'explode' }),
    control('/faults', { endpoint: 'one-time-payment.get', id: '{tea}', count: 3, fault: { kind: 'refuse', status: 429 } }),
    ['GET', '/api/one-time-payment/{coffee}'],
    ['GET', '/api/one-time-payment/{tea}'],
    ['GET', '/_sandbox/faults'],
    ['DELETE', '/_sandbox/faults'],
    ['GET', '/api/one-time-payment/{tea}'],
  ],
  'the whole state, and a new one': [
    ['GET', '/'],
    ['GET', '/?lang=en'],
    ['GET', '/nothing'],
    ['PURGE', '/'],
    ['GET', '/_sandbox/state'],
    ['GET', '/_sandbox/calls'],
    ['DELETE', '/_sandbox/calls'],
    ['POST', '/_sandbox/reset'],
    ['GET', '/_sandbox/state'],
    ['GET', '/_sandbox/calls'],
  ],
};
