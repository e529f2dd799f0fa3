import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { checkConfigured, complaintOf } from '../../scripts/health.mjs';

test('what /healthz names is reported in one line', () => {
  assert.equal(complaintOf({ status: 'ok', missing: [], malformed: [] }), undefined);
  assert.equal(
    complaintOf({ status: 'misconfigured', missing: ['WEBHOOK_SECRET'], malformed: [] }),
    'The Worker cannot take orders with these settings; missing: WEBHOOK_SECRET.',
  );
  assert.equal(
    complaintOf({ status: 'misconfigured', missing: ['SHOP_ORIGIN', 'SIGNING_KEY'], malformed: ['COMPAGO_API_KEY'] }),
    'The Worker cannot take orders with these settings; missing: SHOP_ORIGIN, SIGNING_KEY; malformed: COMPAGO_API_KEY.',
  );
  assert.equal(
    complaintOf({
      status: 'misconfigured',
      missing: [],
      malformed: ['MODE', 'CASHIER_TOKEN'],
      reasons: { CASHIER_TOKEN: 'it is the same as OPERATOR_TOKEN' },
    }),
    'The Worker cannot take orders with these settings; malformed: MODE, CASHIER_TOKEN (it is the same as OPERATOR_TOKEN).',
  );
});

test('each mistake of the shop\'s files is a line of its own', () => {
  const catalog = { status: 'unreadable', problems: [{ detail: 'shop/catalog.json: one.' }, { detail: 'shop/catalog.json: two.' }] };
  assert.equal(complaintOf({ status: 'misconfigured', missing: [], malformed: [], catalog }), 'shop/catalog.json: one.\nshop/catalog.json: two.');
  assert.equal(
    complaintOf({ status: 'misconfigured', missing: [], malformed: [], catalog: { status: 'unknown' } }),
    'The Worker cannot read shop/catalog.json at the moment.',
  );
  assert.equal(
    complaintOf({ status: 'misconfigured', missing: ['MODE'], malformed: [], catalog }),
    'The Worker cannot take orders with these settings; missing: MODE.\nshop/catalog.json: one.\nshop/catalog.json: two.',
  );
  const shop = { status: 'unreadable', problems: [{ detail: 'shop/shop.json: three.' }] };
  assert.equal(
    complaintOf({ status: 'misconfigured', missing: [], malformed: [], shop, catalog }),
    'shop/shop.json: three.\nshop/catalog.json: one.\nshop/catalog.json: two.',
  );
  assert.equal(
    complaintOf({ status: 'misconfigured', missing: [], malformed: [], shop: { status: 'unknown' }, catalog: { status: 'unknown' } }),
    'The Worker cannot read shop/shop.json at the moment.\nThe Worker cannot read shop/catalog.json at the moment.',
  );
});

test('a Worker that is misconfigured is a failure, though it answers', async (context) => {
  let health = { status: 'ok', missing: [], malformed: [] };
  const server = createServer((_, response) => response.writeHead(health.status === 'ok' ? 200 : 503).end(JSON.stringify(health)));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${server.address().port}`;
  await checkConfigured(url);
  health = { status: 'misconfigured', missing: [], malformed: ['SIGNING_KEY'] };
  await assert.rejects(checkConfigured(url), { name: 'Failure', message: /malformed: SIGNING_KEY\.$/ });
});
