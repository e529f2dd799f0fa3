import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { inRoot } from '../../scripts/paths.mjs';
import { settingOf } from '../../scripts/settings.mjs';
import { secrets } from '../support/stack.mjs';
import { inWorld } from './support/world.mjs';

const REQUIRED = ['MODE', 'COMPAGO_BASE_URL', 'COMPAGO_API_KEY', 'CHECKOUT_ORIGINS', 'SHOP_ORIGIN'];

describe('configuration', { concurrency: 4 }, () => {
  test('missing settings are named, the shop is closed, and its pages are still served', () =>
    inWorld(
      async (world) => {
        const health = await world.send('GET', '/healthz');
        assert.equal(health.status, 503);
        assert.deepEqual([...health.body.missing].sort(), [...REQUIRED].sort());
        assert.deepEqual(health.body.malformed, ['WEBHOOK_URL'], 'without a mode, nothing may be http');
        assert.equal(health.body.environment, undefined);
        for (const answer of [await world.order(), await world.invoiceOrder()]) {
          assert.deepEqual([answer.status, answer.body.code], [503, 'misconfigured']);
        }
        const order = `${'k7q2m9xd3fht'}${'0'.repeat(26)}`;
        const back = await world.send('GET', `/api/shop/return?order=${order}`);
        assert.deepEqual([back.status, back.headers.location], [303, `/return.html?order=${order}`], 'a payer is sent on');
        assert.equal((await world.send('GET', '/')).status, 200);
        assert.equal((await world.send('GET', '/catalog.json')).status, 200);
        assert.equal((await world.send('GET', '/api/shop/catalog')).body.code, 'misconfigured', 'it names the environment');
      },
      { env: Object.fromEntries(REQUIRED.map((name) => [name, ''])) },
    ));

  test('a signing key and a webhook secret may be left out, since the Worker generates them', () =>
    inWorld(
      async (world) => {
        const health = await world.send('GET', '/healthz');
        assert.deepEqual([health.status, health.body.missing, health.body.malformed], [200, [], []]);
      },
      { env: { SIGNING_KEY: '', WEBHOOK_SECRET: '' } },
    ));

  test('a Worker without the settings object is not configured, and its remedy is known', () =>
    inWorld(
      async (world) => {
        const health = await world.send('GET', '/healthz');
        assert.deepEqual([health.status, health.body.missing, health.body.malformed], [503, ['SETTINGS'], []]);
        assert.match(settingOf('SETTINGS').remedy, /npm run deploy/);
      },
      { config: fileURLToPath(new URL('../support/without-settings.capnp', import.meta.url)) },
    ));

  const wrong = {
    MODE: 'staging-VALUE',
    COMPAGO_BASE_URL: 'http://VALUE.example/api',
    COMPAGO_API_KEY: 'two words VALUE',
    CHECKOUT_ORIGINS: 'https://VALUE.example/path',
    SHOP_ORIGIN: 'VALUE',
    SIGNING_KEY: 'VALUE',
    OPERATOR_TOKEN: 'VALUE',
    CASHIER_TOKEN: 'VALUE',
    WEBHOOK_URL: 'ftp://VALUE.example/',
    WEBHOOK_SECRET: 'whsec_VALUE!',
    SOLE_CHARGER: 'VALUE',
    RETAIN_DAYS: 'VALUE',
  };
  test('malformed settings are named, without their value', () =>
    inWorld(
      async (world) => {
        const health = await world.send('GET', '/healthz');
        assert.equal(health.status, 503);
        assert.deepEqual([...new Set(health.body.malformed)].sort(), Object.keys(wrong).sort());
        assert.doesNotMatch(health.text, /VALUE/);
        const answer = await world.order();
        assert.equal(answer.body.code, 'misconfigured');
        assert.doesNotMatch(answer.text + (await world.workerLog()), /VALUE/);
      },
      { env: wrong },
    ));

  test('production does not use the demo environment, nor plain http to this machine', () =>
    inWorld(
      async (world) => {
        const health = await world.send('GET', '/healthz');
        assert.ok(health.body.malformed.includes('COMPAGO_BASE_URL'), health.text);
        assert.ok(health.body.malformed.includes('SHOP_ORIGIN'), health.text);
      },
      { env: { MODE: 'production', COMPAGO_BASE_URL: 'https://demo.api.harmony.compago.com/api' } },
    ));

  for (const [name, env, expected] of [
    ['one token for both roles', { CASHIER_TOKEN: secrets.OPERATOR_TOKEN }, { CASHIER_TOKEN: 'it is the same as OPERATOR_TOKEN' }],
    [
      'one token for both roles, also while it is rotated',
      { OPERATOR_TOKEN: `MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw ${secrets.OPERATOR_TOKEN}`, CASHIER_TOKEN: `${secrets.CASHIER_TOKEN} ${secrets.OPERATOR_TOKEN}` },
      { CASHIER_TOKEN: 'it is the same as OPERATOR_TOKEN' },
    ],
    [
      'a third token, and an older one that can be guessed',
      { OPERATOR_TOKEN: 'MfKQ9r8GKYqrTwjU PD8ILPZIo2LaLaSw 4Zs2pRk0VtXw7QbJ', CASHIER_TOKEN: `${secrets.CASHIER_TOKEN},changemechangeme` },
      { OPERATOR_TOKEN: 'one token is needed, or two while they are changed; there are 3', CASHIER_TOKEN: 'it repeats itself' },
    ],
    ['a token as signing key', { SIGNING_KEY: secrets.CASHIER_TOKEN }, { SIGNING_KEY: 'it is the same as CASHIER_TOKEN' }],
    [
      'a signing key as webhook secret, also while it is rotated',
      { SIGNING_KEY: `${secrets.SIGNING_KEY} MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw`, WEBHOOK_SECRET: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' },
      { WEBHOOK_SECRET: 'it is the same as SIGNING_KEY' },
    ],
    [
      'what can be guessed',
      {
        OPERATOR_TOKEN: 'a'.repeat(16), CASHIER_TOKEN: 'changeme'.repeat(2), SIGNING_KEY: 'k'.repeat(32),
        WEBHOOK_SECRET: `whsec_${'A'.repeat(32)}`,
      },
      {
        OPERATOR_TOKEN: 'it has too few different characters', CASHIER_TOKEN: 'it repeats itself',
        SIGNING_KEY: 'it has too few different characters', WEBHOOK_SECRET: 'it has too few different characters',
      },
    ],
    ['what is too short', { OPERATOR_TOKEN: 'fifteen-charact' }, { OPERATOR_TOKEN: 'a token has at least 16 characters' }],
    [
      'a webhook secret that is a plain text',
      { WEBHOOK_SECRET: 'N3w-secret-of-the-merchant-2026' },
      { WEBHOOK_SECRET: 'a webhook secret is base64 with its padding, with or without whsec_ before it' },
    ],
  ]) {
    test(`${name} is named with the reason, and closes the shop`, () =>
      inWorld(
        async (world) => {
          const health = await world.send('GET', '/healthz');
          assert.deepEqual([health.status, health.body.missing, health.body.reasons], [503, [], expected]);
          assert.deepEqual(health.body.malformed, Object.keys(expected));
          assert.equal((await world.order()).body.code, 'misconfigured');
        },
        { env },
      ));
  }

  test('a webhook secret may lack its prefix, as in the reference libraries', () =>
    inWorld(
      async (world) => {
        const { status, missing, malformed } = (await world.send('GET', '/healthz')).body;
        assert.deepEqual([status, missing, malformed], ['ok', [], []]);
      },
      { env: { WEBHOOK_SECRET: 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' } },
    ));

  test('two values of a rotated secret are accepted like one', () =>
    inWorld(
      async (world) => {
        const { version } = JSON.parse(await readFile(inRoot('pkg', 'package.json'), 'utf8'));
        const good = { status: 'ok', version, environment: 'local', missing: [], malformed: [], catalog: { status: 'ok' }, shop: { status: 'ok' } };
        assert.deepEqual((await world.send('GET', '/healthz')).body, good);
      },
      {
        env: {
          SIGNING_KEY: `N3w-key-of-november-2026-0123456789 ${secrets.SIGNING_KEY}`,
          WEBHOOK_SECRET: `whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDx2Qe8Yp3+Eg=, ${secrets.WEBHOOK_SECRET}`,
        },
      },
    ));

  test('limits are whole numbers within bounds', () => {
    const wrong = {
      LIMIT_CREATE_PER_MINUTE: '0', LIMIT_OPEN_PER_ADDRESS: 'many', LIMIT_OPEN_PER_NETWORK: '-1', LIMIT_OPEN_PER_SHOP: '100001',
      LIMIT_CHARGE_PER_MINUTE: '1.5', LIMIT_FAILURES_PER_MINUTE: '+5',
    };
    return inWorld(
      async (world) => {
        const { body } = await world.send('GET', '/healthz');
        assert.deepEqual([body.missing, [...body.malformed].sort()], [[], Object.keys(wrong).sort()]);
      },
      { env: wrong },
    );
  });

  test('a wrong API key is reported to the shop, not to the payer', () =>
    inWorld(
      async (world) => {
        const answer = await world.order();
        assert.deepEqual([answer.status, answer.body.code], [502, 'provider-refused']);
        assert.doesNotMatch(answer.text + (await world.workerLog()), /some-other-key/);
      },
      { env: { COMPAGO_API_KEY: 'some-other-key-000' } },
    ));
});
