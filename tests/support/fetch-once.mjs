import http from 'node:http';

/**
 * Like `fetch`, without redirects and over a connection of its own: a busy workerd may close a kept one just when the next request is
 * sent on it.
 *
 * @param {string} url @param {{ method?: string, headers?: Record<string, string>, body?: string }} [options]
 * @returns {Promise<Response>}
 */
export const fetchOnce = (url, { method, headers, body } = {}) =>
  new Promise((resolve, reject) => {
    const request = http.request(url, { method, headers, agent: false }, (answer) => {
      const { statusCode: status = 0, headers: told } = answer;
      const init = { status, headers: Object.entries(told).flatMap(([name, values]) => [values].flat().map((value) => [name, String(value)])) };
      answer.toArray().then((parts) => resolve(new Response([204, 304].includes(status) ? null : Buffer.concat(parts), init)), reject);
    });
    request.on('error', reject);
    request.end(body);
  });
