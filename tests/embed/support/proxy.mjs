import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';

/**
 * A proxy in front of the Worker, on a port of its own. It passes `Host` on as the browser sent it; with `tls` it ends TLS, and says so in
 * `X-Forwarded-Proto`.
 *
 * @param {number} port
 * @param {{ to: () => string, tls?: { key: string, cert: string }, onRequest?: (url: string) => void }} how to: the Worker's URL
 */
export async function startProxy(port, { to, tls, onRequest }) {
  const server = tls ? https.createServer(tls, pass) : http.createServer(pass);

  /** @param {http.IncomingMessage} request @param {http.ServerResponse} response */
  function pass(request, response) {
    onRequest?.(request.url ?? '');
    const headers = { ...request.headers, ...(tls && { 'x-forwarded-proto': 'https' }) };
    const target = { host: '127.0.0.1', port: new URL(to()).port, method: request.method, path: request.url, headers };
    const passed = http.request(target, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(response);
    });
    passed.on('error', () => response.destroy());
    request.pipe(passed);
  }

  await once(server.listen(port, '127.0.0.1'), 'listening');
  return async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
}
