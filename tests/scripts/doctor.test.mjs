import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { inRoot } from '../../scripts/paths.mjs';
import { examine } from '../../worker/npm/doctor.js';

const { version } = JSON.parse(await readFile(inRoot('worker/npm/package.json'), 'utf8'));
const good = { status: 'ok', version, environment: 'production', missing: [], malformed: [], shop: { status: 'ok' }, catalog: { status: 'ok' } };

/**
 * Examines a host that answers each call alike.
 *
 * @param {import('node:test').TestContext} context
 * @param {{ status?: number, headers?: Record<string, string>, body?: unknown }} answer
 * @param {(url: string) => string} [typed] what a person types for it
 * @returns {Promise<{ printed: string, failure: string, asked: string[] }>} what it prints, and the sentence with which it fails
 */
async function diagnosis(context, { status = 200, headers = {}, body = good }, typed = (url) => url) {
  const asked = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const { mock } = context.mock.method(console, 'log', () => {});
  const failure = await examine(typed(`http://127.0.0.1:${port}`)).then(() => '', (error) => {
    if (error.name !== 'Failure') throw error;
    return error.message;
  });
  const printed = mock.calls.map(({ arguments: [line] }) => line).join('\n');
  mock.restore();
  return { printed, failure, asked };
}

/** @param {Record<string, unknown>} wrong */
const misconfigured = (wrong) => ({ status: 503, body: { ...good, status: 'misconfigured', ...wrong } });

test('of a shop that has all it needs it says so, and whether money moves there', async (context) => {
  const selling = await diagnosis(context, {});
  assert.equal(selling.failure, '');
  assert.match(selling.printed, new RegExp(`^http://127\\.0\\.0\\.1:\\d+ runs compago-edge-worker ${version.replaceAll('.', '\\.')}, environment production\\.\nAll settings are there`));
  assert.doesNotMatch(selling.printed, /No real money/);
  assert.match((await diagnosis(context, { body: { ...good, environment: 'demo' } })).printed, /No real money moves in this environment\./);
});

test('the address may be any of the shop, with or without a scheme', async (context) => {
  for (const typed of [(url) => `${url}/operator?a=1`, (url) => url.replace('http://', ''), (url) => `${url}/`]) {
    assert.deepEqual((await diagnosis(context, {}, typed)).asked, ['GET /healthz']);
  }
  for (const wrong of ['ftp://tienda.example', 'https://', 'mailto:a@tienda.example', 'https://tienda.example:port']) {
    await assert.rejects(examine(wrong), { name: 'Failure', message: /is no address of a shop: give one such as/ });
  }
});

test('each setting that is missing or cannot be used has what it is, what to do and where it is set', async (context) => {
  const wrong = { missing: ['COMPAGO_API_KEY', 'SHOP_ORIGIN'], malformed: ['CASHIER_TOKEN', 'LIMIT_OPEN_PER_SHOP'], reasons: { CASHIER_TOKEN: 'it is the same as OPERATOR_TOKEN' } };
  const { failure } = await diagnosis(context, misconfigured(wrong));
  const [, key, origin, token, limit] = failure.split('\n\n');
  assert.match(key ?? '', /^COMPAGO_API_KEY is missing\.\n  It is the API key of your Compago account\.\n  To mend it: copy it from .*\n  It is a secret: set it in \.dev\.vars\.production; then `npm run deploy -- --env production`\.$/);
  assert.match(origin ?? '', /^SHOP_ORIGIN is missing\.\n[^]*\n  It is set in wrangler\.jsonc, under env\.production\.vars; then `npm run deploy -- --env production`\.$/);
  assert.match(token ?? '', /^CASHIER_TOKEN cannot be used: it is the same as OPERATOR_TOKEN\.\n/);
  assert.match(limit ?? '', /^LIMIT_OPEN_PER_SHOP cannot be used as it is\.\n  It is how many unpaid payment links of the shop can be open at once\.\n/);
});

test('where the environment itself is not known, it says how each is set in either', async (context) => {
  const { failure } = await diagnosis(context, misconfigured({ environment: undefined, missing: ['MODE', 'OPERATOR_TOKEN'] }));
  assert.match(failure, /under the vars of its environment/);
  assert.match(failure, /\.dev\.vars\.demo or \.dev\.vars\.production/);
});

test('of a run on the same machine it names no file that is not there', async (context) => {
  const { failure } = await diagnosis(context, misconfigured({ environment: 'local', missing: ['OPERATOR_TOKEN', 'SHOP_ORIGIN'] }));
  assert.equal(failure.match(/`npm start` sets it/g)?.length, 2);
  assert.doesNotMatch(failure, /dev\.vars|wrangler\.jsonc/);
});

test("mistakes in the shop's files are said as the Worker says them", async (context) => {
  const shop = { status: 'unreadable', problems: [{ detail: 'shop/shop.json: email is missing.' }] };
  const { failure } = await diagnosis(context, misconfigured({ shop, catalog: { status: 'unknown' } }));
  assert.match(failure, /^It cannot take orders:\n\nshop\/shop\.json: email is missing\.\n\nThe Worker cannot read shop\/catalog\.json at the moment\.$/);
});

test('another version than that of the command is said, with what brings the two together', async (context) => {
  const both = new RegExp(`This command is of version ${version}: \`npm run deploy\` puts that there; \`npm update compago-edge-worker\` brings a newer one here\\.`);
  for (const other of ['0.0.9', '10.0.0', `${version}-beta`]) assert.match((await diagnosis(context, { body: { ...good, version: other } })).printed, both);
  assert.doesNotMatch((await diagnosis(context, {})).printed, /npm (update|run deploy)/);
});

test('what is not this Worker is said to be none, with what it may be', async (context) => {
  const failures = async (/** @type {Parameters<typeof diagnosis>[1]} */ answer) => (await diagnosis(context, answer)).failure;
  assert.match(await failures({ status: 308, headers: { location: 'https://otra.example/healthz?a=1' } }), /redirects to https:\/\/otra\.example, .* give the address at which the shop itself answers\.$/);
  assert.match(await failures({ status: 404, body: 'There is nothing here yet' }), /answers 404, and not as this Worker does: no shop is deployed there/);
  assert.match(await failures({ status: 403, body: '<!doctype html>' }), /answers 403, .*a firewall or Cloudflare Access/);
  assert.match(await failures({ status: 500, body: 'error code: 1101' }), /answers 500, .*the Worker has failed/);
  for (const body of ['<!doctype html>', '{"status":"ok"}', '[]', 'null', '{"status":"up","missing":[],"malformed":[]}']) {
    assert.match(await failures({ body }), /answers 200, and not as this Worker does: another site is there/, body);
  }
});

test('a host that cannot be reached has the reason and what to try', async (context) => {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  await new Promise((resolve) => server.close(resolve));
  await assert.rejects(examine('localhost:1'), { name: 'Failure', message: /refuse its port\. Check the number behind the colon\.$/ });
  await assert.rejects(examine(`http://127.0.0.1:${port}`), { name: 'Failure', message: /cannot be reached: nothing listens there\. Check the address, or start the shop\.$/ });
});

test('a host that never answers is not waited for', async (context) => {
  const server = createServer(() => {});
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  await assert.rejects(examine(`http://127.0.0.1:${port}`, 100), { name: 'Failure', message: /cannot be reached: it has not answered within 0\.1 seconds\.$/ });
});

test('a setting that only a newer Worker reads is not explained as another', async (context) => {
  const { failure } = await diagnosis(context, misconfigured({ missing: ['SOMETHING_NEW'] }));
  assert.match(failure, /SOMETHING_NEW is missing\.\n  It is a setting that this version of the command does not know\.\n/);
});
