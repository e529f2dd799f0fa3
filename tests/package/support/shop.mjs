/**
 * A program that uses the package as a shop's page would. It has no configuration and no top-level await, which not every
 * bundler takes; `tell` is given what it has seen.
 */
export const shop = `
import { billingFields, check, checkField, load, shop, states, till } from 'compago-edge';
import { CompagoError } from 'compago-edge/status';

const codeOf = (act) => { try { act(); return 'ready'; } catch (error) { return error instanceof CompagoError ? error.code : String(error); } };
const codes = (problems) => problems.map(({ pointer, code }) => pointer + ' ' + code);

export async function told() {
  const early = codeOf(() => states());
  await load();
  const refusal = await shop({ origin: 'http://127.0.0.1:9', language: 'en' }).create({ items: [] }).catch((error) => error);
  return {
    early,
    order: codes(check({ items: [] })),
    charge: codes(check({ amount: '1.234' }, { kind: 'payment-intent' })),
    field: checkField('/billingInformation/address/zip', '7200', { language: 'en' }).code,
    detail: check({ items: [] }, { language: 'en' })[0].detail,
    states: states().length,
    fields: billingFields().length,
    refusal: refusal instanceof CompagoError && [refusal.code, refusal.pointer, refusal.status],
    till: typeof till().charge,
  };
}
`;

/** A page of it: what was told, or what went wrong, stands in the document. */
export const page = `
import { told } from './shop.js';
const tell = (answer) => { document.documentElement.dataset.told = JSON.stringify(answer); };
told().then(tell, (error) => tell({ error: String(error && error.stack || error) }));
`;

export const html = `<!doctype html><html lang="es-MX"><meta charset="utf-8"><title>Tienda</title><link rel="icon" href="data:,">
<script type="module" src="/main.js"></script></html>`;

/** What it tells, wherever it runs; but a Worker has the wasm at hand, where nothing is too early. */
export const expected = {
  early: 'not-loaded',
  order: ['/items items-empty', '/billingInformation required'],
  charge: ['/amount amount-decimals'],
  field: 'zip-format',
  detail: 'Add at least one product.',
  states: 32,
  fields: 8,
  refusal: ['invalid-body', '/items', 400],
  till: 'function',
};
