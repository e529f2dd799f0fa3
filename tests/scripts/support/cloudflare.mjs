// Stands in for Cloudflare's API, as far as wrangler asks it for a deployment.
import { once } from 'node:events';
import { createServer } from 'node:http';

export const account = '0123456789abcdef0123456789abcdef';

/**
 * @param {import('node:test').TestContext} context
 * @param {{ secrets?: Record<string, string[]>, subdomain?: string, accounts?: { id: string, name: string }[], tag?: string }} [state] secrets:
 *   the names of those of each Worker that exists; tag: of the last migration of each
 */
export async function fakeCloudflare(context, { secrets = {}, subdomain = 'tienda', accounts = [{ id: account, name: 'Taller Nube' }], tag = 'v1' } = {}) {
  /** @type {{ call: string, metadata?: any }[]} */
  const calls = [];
  const notFound = { code: 10_007, message: 'This Worker does not exist on your account.' };

  /** @type {[RegExp, (match: string[], metadata: any) => unknown][]} each answers a result, or an error with its code */
  const answers = [
    [/^GET \/user$/, () => ({ email: 'ana@tallernube.example' })],
    [/^GET \/user\/tokens\/verify$/, () => ({ id: 't', status: 'active' })],
    [/^GET \/accounts$/, () => accounts],
    [/^GET \/memberships$/, () => accounts.map((one) => ({ account: one }))],
    [/^GET \S+\/workers\/subdomain$/, () => (subdomain ? { subdomain } : { error: { code: 10_007, message: 'no subdomain' } })],
    [/^GET \S+\/workers\/services\/(\S+)$/, ([, name]) => (secrets[name] ? { default_environment: { environment: 'production', script: { tag: 't', last_deployed_from: 'wrangler' } } } : { error: notFound })],
    [/^GET \S+\/scripts\/(\S+)\/secrets$/, ([, name]) => secrets[name]?.map((secret) => ({ name: secret, type: 'secret_text' })) ?? { error: notFound }],
    [/^GET \S+\/scripts\/(\S+)\/deployments$/, () => ({ deployments: [] })],
    [/^GET \S+\/workers\/scripts$/, () => Object.keys(secrets).map((id) => ({ id, migration_tag: tag }))],
    [/^POST \S+\/assets-upload-session$/, () => ({ jwt: 'header.e30.signature', buckets: [] })],
    [/^POST \S+\/scripts\/(\S+)\/versions$/, () => ({ id: 'version', resources: { script: { etag: 'e' } }, startup_time_ms: 1 })],
    [/^PUT \S+\/workers\/scripts\/(\S+)$/, ([, name]) => ({ id: name, etag: 'e', startup_time_ms: 1, deployment_id: 'd' })],
    [/^GET \S+\/scripts\/(\S+)\/subdomain$/, ([, name]) => ({ enabled: name in secrets, previews_enabled: false })],
    [/^POST \S+\/scripts\/\S+\/subdomain$/, () => ({ enabled: true, previews_enabled: false })],
    [/^PUT \S+\/scripts\/\S+\/schedules$/, () => ({ schedules: [] })],
    [/^(?:POST|PATCH) /, () => ({})],
  ];

  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString('latin1');
    const [path = ''] = (request.url ?? '').split('?');
    const call = `${request.method} ${path}`;
    const [, part] = /name="metadata"[^{]*(\{.*\})\r\n--/.exec(body) ?? [];
    calls.push({ call, ...(part ? { metadata: JSON.parse(part) } : /^\{/.test(body) && { metadata: JSON.parse(body) }) });
    const [pattern, answer] = answers.find(([each]) => each.test(call)) ?? [];
    /** @type {any} */
    const result = pattern && answer ? answer(pattern.exec(call) ?? [], part) : { error: { code: 7000, message: `no route for ${call}` } };
    const { error } = Array.isArray(result) ? { error: undefined } : result;
    response.writeHead(error ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ success: !error, errors: error ? [error] : [], messages: [], result: error ? null : result, result_info: { page: 1, total_pages: 1 } }));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  context.after(() => server.close());
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return { calls, url: `http://127.0.0.1:${port}`, writes: () => calls.filter(({ call }) => !call.startsWith('GET ')) };
}
