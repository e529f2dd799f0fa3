// Calls to programs on this machine. `fetch` sends them to a proxy where NODE_USE_ENV_PROXY is set, and no proxy finds this machine.

import http from 'node:http';

/**
 * @param {string} url
 * @param {{ timeoutMs?: number, headers?: Record<string, string> }} [options]
 * @returns {Promise<{ status: number, text: string }>}
 */
export function askLocally(url, { timeoutMs = 5_000, headers = {} } = {}) {
  return new Promise((resolve, reject) => {
    // An agent of our own knows no proxy.
    const request = http.get(url, { headers, agent: new http.Agent(), signal: AbortSignal.timeout(timeoutMs) }, async (answer) => {
      try {
        let text = '';
        for await (const chunk of answer.setEncoding('utf8')) text += chunk;
        resolve({ status: answer.statusCode ?? 0, text });
      } catch (error) {
        reject(error);
      }
    });
    request.once('error', reject);
  });
}

/**
 * The environment for programs that we start: they find each other without a proxy.
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {NodeJS.ProcessEnv}
 */
export function withoutProxyForLoopback(env = process.env) {
  const hosts = ['localhost', '127.0.0.1', '::1'];
  const named = (env.NO_PROXY || env.no_proxy || '').split(',').map((name) => name.trim()).filter(Boolean);
  if (named.includes('*')) return { ...env };
  const all = [...named, ...hosts.filter((host) => !named.includes(host))].join(',');
  return { ...env, NO_PROXY: all, no_proxy: all };
}
