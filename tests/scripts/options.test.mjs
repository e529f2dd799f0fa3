import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { readOptions } from '../../scripts/options.mjs';
import { root } from '../../scripts/paths.mjs';

test('the command line goes before the environment, the environment before the defaults', () => {
  assert.equal(readOptions([], {}).port, 8787);
  assert.equal(readOptions([], { PORT: '9000' }).port, 9000);
  assert.equal(readOptions(['--port', '9001'], { PORT: '9000' }).port, 9001);
  assert.equal(readOptions([], { WEBHOOK_URL: 'http://localhost:1/x' }).webhookUrl, 'http://localhost:1/x');
});

test('the shop is at the address in use, or at one that leads there', () => {
  assert.equal(readOptions(['--port', '9000'], {}).shopOrigin, 'http://localhost:9000');
  assert.equal(readOptions(['--shop-origin', 'https://phone.tunnel.example'], {}).shopOrigin, 'https://phone.tunnel.example');
  assert.equal(readOptions([], { SHOP_ORIGIN: 'http://localhost:5173' }).shopOrigin, 'http://localhost:5173');
  assert.equal(readOptions([], {}).staffOrigin, undefined);
  assert.equal(readOptions(['--staff-origin', 'http://127.0.0.1:8787'], {}).staffOrigin, 'http://127.0.0.1:8787');
  assert.throws(() => readOptions(['--shop-origin', 'nowhere'], {}), /--shop-origin is missing or not a URL/);
  assert.equal(readOptions(['--shop-origin', 'https://shop.example/'], {}).shopOrigin, 'https://shop.example');
  for (const name of ['--shop-origin', '--staff-origin', '--checkout-origins']) {
    for (const wrong of ['https://shop.example/tienda', 'https://shop.example?a', 'https://ana@shop.example']) {
      assert.throws(() => readOptions([name, wrong], {}), { name: 'Failure', message: new RegExp(`${name} is no origin`) });
    }
  }
});

test('pages of other origins may order, on this machine over plain http as well', () => {
  assert.deepEqual(readOptions([], {}).embedOrigins, []);
  const two = ['http://localhost:5173', 'https://blog.example'];
  assert.deepEqual(readOptions(['--embed-origins', two.join(' ')], {}).embedOrigins, two);
  assert.deepEqual(readOptions([], { EMBED_ORIGINS: 'http://127.0.0.1:3000/ ' }).embedOrigins, ['http://127.0.0.1:3000']);
  assert.deepEqual(readOptions([], { EMBED_ORIGINS: '' }).embedOrigins, []);
  assert.throws(() => readOptions(['--embed-origins', 'http://blog.example'], {}), { name: 'Failure', message: /^--embed-origins has "http:\/\/blog\.example", which does not/ });
  const live = ['--live', '--shop-origin', 'https://shop.example'];
  assert.throws(() => readOptions([...live, '--embed-origins', two.join(' ')], { COMPAGO_API_KEY: 'k' }), { name: 'Failure', message: /localhost:5173/ });
  assert.equal(readOptions(['--help'], { EMBED_ORIGINS: 'nowhere' }).help, true);
});

test('an invalid option is reported in one sentence', () => {
  assert.throws(() => readOptions(['--port', 'x'], {}), /--port must be a number/);
  assert.throws(() => readOptions(['--prot', '1'], {}), /Unknown option '--prot'/);
  assert.throws(() => readOptions(['--demo', '--live'], {}), /exclude each other/);
  assert.throws(() => readOptions(['--webhook-url', 'nowhere'], {}), /--webhook-url is missing or not a URL/);
});

test('real environments need a key and https everywhere', () => {
  const shop = { SHOP_ORIGIN: 'https://shop.example' };
  assert.throws(() => readOptions(['--demo'], shop), /COMPAGO_API_KEY is missing/);
  assert.throws(() => readOptions(['--live'], { COMPAGO_API_KEY: 'k' }), /--shop-origin is missing/);
  const plain = ['--live', '--webhook-url', 'http://shop.example/hook'];
  assert.throws(() => readOptions(plain, { ...shop, COMPAGO_API_KEY: 'k' }), /--webhook-url is not/);
  const live = readOptions(['--live'], { ...shop, COMPAGO_API_KEY: 'k' });
  assert.equal(live.mode, 'production');
  assert.equal(live.compagoUrl, 'https://api.harmony.compago.com/api');
});

test('real environments, the demo and local runs keep their orders apart', () => {
  const env = { SHOP_ORIGIN: 'https://shop.example', COMPAGO_API_KEY: 'k' };
  const folders = [[], ['--demo'], ['--live']].map((args) => path.relative(root, readOptions(args, env).data));
  assert.deepEqual(folders, ['.data', path.join('.data', 'demo'), path.join('.data', 'live')]);
  assert.equal(path.relative(root, readOptions(['--live', '--data', 'orders'], env).data), 'orders');
});
