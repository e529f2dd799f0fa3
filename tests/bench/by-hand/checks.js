// Checks of what a payer sends, field by field, and prices from the catalog.

const LINES = 50;
const STATES = 'AGU BCN BCS CAM CHH CHP CMX COA COL DUR GRO GUA HID JAL MEX MIC MOR NAY NLE OAX PUE QUE ROO SIN SLP SON TAB TAM TLA VER YUC ZAC'.split(' ');

/** @typedef {{ pointer: string, code: string }} Problem */

/** @param {any} body @returns {{ wanted: any, problems: Problem[] }} */
export function readOrder(body) {
  /** @type {Problem[]} */
  const problems = [];
  const fields = fieldsOf(body, '', ['items', 'billingInformation', 'ttlMinutes', 'shipping', 'metadata'], problems);
  const items = Array.isArray(fields.items) && fields.items.length > 0 && fields.items.length <= LINES ? fields.items : [];
  if (items.length === 0) problems.push({ pointer: '/items', code: 'items' });
  const lines = items.map((item, at) => {
    const { sku, quantity } = fieldsOf(item, `/items/${at}`, ['sku', 'quantity'], problems);
    if (typeof sku !== 'string' || !/^[a-z0-9][a-z0-9._-]{0,63}$/i.test(sku)) problems.push({ pointer: `/items/${at}/sku`, code: 'sku' });
    if (!Number.isInteger(quantity) || quantity < 1 || quantity > 999) problems.push({ pointer: `/items/${at}/quantity`, code: 'quantity' });
    return { sku, quantity };
  });
  if (new Set(lines.map(({ sku }) => sku)).size < lines.length) problems.push({ pointer: '/items', code: 'repeated' });
  const billingInformation = readPayer(fields.billingInformation, problems);
  if (fields.shipping != null) problems.push({ pointer: '/shipping', code: 'shipping' });
  const metadata = readMetadata(fields.metadata ?? {}, problems);
  return { wanted: { items: lines, billingInformation, metadata }, problems };
}

/** @param {any} body @param {Problem[]} problems */
function readPayer(body, problems) {
  const at = '/billingInformation';
  const { email, firstName, lastName, phoneNumber, address } = fieldsOf(body, at, ['email', 'firstName', 'lastName', 'phoneNumber', 'address'], problems);
  const { addressLine, city, state, zip } = fieldsOf(address, `${at}/address`, ['addressLine', 'city', 'state', 'zip'], problems);
  const mail = textOf(email, `${at}/email`, 254, problems);
  if (!/^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/i.test(mail)) {
    problems.push({ pointer: `${at}/email`, code: 'email' });
  }
  const digits = textOf(phoneNumber, `${at}/phoneNumber`, 40, problems).replace(/[\s().\-/]/g, '');
  const [, national] = digits.match(/^(?:\+?52)?1?(\d{10})$/) ?? [];
  const phone = national ? `+52${national}` : digits;
  if (!/^\+\d{8,15}$/.test(phone) || /^\+52(\d)\1{9}$/.test(phone)) problems.push({ pointer: `${at}/phoneNumber`, code: 'phone' });
  if (!STATES.includes(state)) problems.push({ pointer: `${at}/address/state`, code: 'state' });
  if (typeof zip !== 'string' || !/^\d{5}$/.test(zip) || zip === '00000') problems.push({ pointer: `${at}/address/zip`, code: 'zip' });
  return {
    email: mail,
    firstName: textOf(firstName, `${at}/firstName`, 60, problems),
    lastName: textOf(lastName, `${at}/lastName`, 60, problems),
    phoneNumber: phone,
    address: { addressLine: textOf(addressLine, `${at}/address/addressLine`, 120, problems), city: textOf(city, `${at}/address/city`, 60, problems), state, zip },
  };
}

/** @param {any} body @param {Problem[]} problems */
function readMetadata(body, problems) {
  const entries = Object.entries(body);
  const isLegal = entries.length <= 20 && entries.every(([key, value]) => /^[\w.-]{1,40}$/.test(key) && typeof value === 'string' && value.length <= 500);
  if (!isLegal) problems.push({ pointer: '/metadata', code: 'metadata' });
  return isLegal ? body : {};
}

/** Text without control characters and with single spaces. @param {unknown} value @param {string} pointer @param {number} longest @param {Problem[]} problems */
function textOf(value, pointer, longest, problems) {
  const text = typeof value === 'string' ? value.normalize('NFC').trim().replace(/\s+/g, ' ') : '';
  if (text === '' || [...text].length > longest || /[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/u.test(text)) problems.push({ pointer, code: 'text' });
  return text;
}

/** The fields of an object that has no others. @param {any} body @param {string} pointer @param {string[]} names @param {Problem[]} problems @returns {any} */
function fieldsOf(body, pointer, names, problems) {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    problems.push({ pointer, code: 'object' });
    return {};
  }
  for (const name of Object.keys(body)) {
    if (!names.includes(name)) problems.push({ pointer: `${pointer}/${name}`, code: 'unknown-field' });
  }
  return body;
}

/** What is wanted at the catalog's prices; undefined if the catalog has a mistake, or something is not for sale. @param {any} wanted @param {any} catalog @param {string} locale */
export function price(wanted, catalog, locale) {
  const known = new Map();
  for (const item of catalog.items) {
    const isGood =
      /^[a-z0-9][a-z0-9._-]{0,63}$/i.test(item.sku) && /^\d{1,9}\.\d{2}$/.test(item.unitAmount) && item.name?.['es-MX'] && item.name?.en && !known.has(item.sku);
    if (!isGood) return undefined;
    known.set(item.sku, item);
  }
  let centavos = 0;
  const items = [];
  for (const { sku, quantity } of wanted.items) {
    const item = known.get(sku);
    if (!item || item.available === false) return undefined;
    centavos += centavosOf(item.unitAmount) * quantity;
    items.push({ sku, name: item.name[locale], quantity, unitAmount: item.unitAmount });
  }
  const description = wanted.items.map(({ sku, quantity }) => `${quantity} × ${known.get(sku).name['es-MX']}`).join(', ');
  return { amount: pesosOf(centavos), description, items };
}

/** @param {string} pesos */
export const centavosOf = (pesos) => Number(pesos.replace('.', ''));

/** @param {number} centavos */
export const pesosOf = (centavos) => (centavos / 100).toFixed(2);
