// Programs on this machine are asked without a proxy, whatever the environment says of proxies.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { askLocally, withoutProxyForLoopback } from '../../scripts/loopback.mjs';

const module = new URL('../../scripts/loopback.mjs', import.meta.url).href;

test('what we start knows no proxy for this machine, and those that a person named stay', () => {
  assert.equal(withoutProxyForLoopback({}).NO_PROXY, 'localhost,127.0.0.1,::1');
  const { NO_PROXY, no_proxy, PATH } = withoutProxyForLoopback({ no_proxy: 'intra.example, localhost', PATH: '/bin' });
  assert.deepEqual([NO_PROXY, no_proxy, PATH], ['intra.example,localhost,127.0.0.1,::1', NO_PROXY, '/bin']);
  assert.deepEqual(withoutProxyForLoopback({ NO_PROXY: '*' }), { NO_PROXY: '*' });
});

test('an answer of this machine arrives, also where Node sends its calls to a proxy', async (context) => {
  const server = createServer((request, response) => response.writeHead(503).end(request.url));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  context.after(() => server.close().closeAllConnections());
  const url = `http://127.0.0.1:${server.address().port}/healthz`;
  assert.deepEqual(await askLocally(url), { status: 503, text: '/healthz' });
  const program = `const { askLocally } = await import('${module}'); console.log((await askLocally('${url}')).text);`;
  // Nobody listens there.
  const env = { ...process.env, NODE_USE_ENV_PROXY: '1', HTTP_PROXY: 'http://127.0.0.1:9', NO_PROXY: '', no_proxy: '' };
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], { env });
  assert.equal(stdout, '/healthz\n');
});
