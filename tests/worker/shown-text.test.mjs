// Text from strangers at Compago cannot disguise what the operator reads: no answer and no report contains a character that controls
// the reading direction or is invisible. Ids are still compared in their original form.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { secrets } from '../support/stack.mjs';
import { invoice, payer } from './support/bodies.mjs';
import { inBooks, reconcile } from './support/books.mjs';
import { METHODS, holder } from './support/cards.mjs';
import { records } from './support/table.mjs';
import { operator, withPayment } from './support/world.mjs';

/** Control characters, direction marks, overrides and isolates, and what shows nothing. */
const HIDDEN = /[\u0000-\u001F\u007F-\u009F\u00AD\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF]|[\u{E0000}-\u{E0FFF}]/u;
const nasty = (/** @type {string} */ text) => `\u202E${text}\u202C\u200B\u2066\u{E0041}\n\u001B[2J\u009B`;
const seen = (/** @type {string} */ text) => `${text} [2J`;

/** Every string of a document, with the names of fields. @param {unknown} value @returns {string[]} */
function stringsOf(value) {
  if (typeof value === 'string') return [value];
  return value && typeof value === 'object' ? Object.entries(value).flatMap(([name, held]) => [name, ...stringsOf(held)]) : [];
}

test('descriptions, names and ids with control characters, in lists, details, findings and the table', () =>
  inBooks(async (world) => {
    const upstream = async (/** @type {string} */ path, /** @type {object} */ body) => {
      const headers = { 'x-api-key': secrets.COMPAGO_API_KEY, 'content-type': 'application/json' };
      const answer = await fetch(`${world.sandbox.url}/api${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
      assert.ok(answer.ok, `${path}: ${answer.status}`);
      return answer.json();
    };
    const pay = async (/** @type {string} */ externalId) => {
      const { redirectUrl } = await upstream('/one-time-payment', {
        amount: 20, currency: 'MXN', description: nasty('=00.001$ latoT'), externalId, redirectUrl: 'https://otra.example/',
        homepageUrl: 'https://otra.example/', billingInformation: { ...payer, firstName: nasty('Luis'), lastName: nasty('Mora'), phoneNumber: '+525512340000' },
      });
      const id = redirectUrl.split('/').at(-1);
      await world.sandbox.act(id, 'pay');
      return id;
    };
    // The id of another program's payment reads like that of an order of ours, and is not.
    const order = withPayment(await world.invoiceOrder({ ...invoice, externalId: 'FAC-77' }));
    const [other, alike] = await Promise.all([pay(nasty('abc')), pay('FAC-\u202E77')]);
    await upstream('/payment-method', { billingInformation: holder, externalId: nasty('cli') });
    const run = await reconcile(world);
    assert.deepEqual(run.counts, { 'confirmed-unknown': 2 }, JSON.stringify(run));
    assert.deepEqual(run.findings.map(({ externalId, reference }) => [externalId, reference]).sort(), [['FAC-77', null], [seen('abc'), null]]);

    const answers = {};
    for (const path of [
      'one-time-payments', `one-time-payments/${other}`, `one-time-payments/${alike}`, `one-time-payments/${order.paymentId}`,
      'reports/summary', 'reconciliation', 'reconciliation/findings', 'attention', 'orders', `orders/${order.reference}`, 'webhooks',
      METHODS.replace('/api/operator/', ''),
    ]) {
      const answer = await world.send('GET', `/api/operator/${path}`, { headers: operator });
      assert.equal(answer.status, 200, `${path}: ${answer.text}`);
      assert.deepEqual(stringsOf(answer.body).filter((text) => HIDDEN.test(text)), [], path);
      answers[path] = answer.body;
    }
    const listed = answers['one-time-payments'].items.find(({ id }) => id === other);
    assert.deepEqual(
      [listed.description, listed.externalId, listed.payer.firstName, listed.payer.lastName],
      [seen('=00.001$ latoT'), seen('abc'), seen('Luis'), seen('Mora')],
    );
    assert.equal(answers[METHODS.replace('/api/operator/', '')].items[0].externalId, seen('cli'));

    for (const format of ['plain', 'es-MX']) {
      const { text } = await world.send('GET', `/api/operator/reports/one-time-payments.csv?format=${format}`, { headers: operator });
      assert.doesNotMatch(text.replace(/^\uFEFF/, '').replaceAll('\r\n', ''), HIDDEN, format);
      assert.match(text, /"'=00\.001\$ latoT \[2J"/, format);
      if (format === 'plain') assert.deepEqual(records(text).map(({ externalId }) => externalId).sort(), ['FAC-77', 'FAC-77', seen('abc')]);
    }
  }));
