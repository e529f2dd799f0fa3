// Hands a message to a voucher, as the Worker does with its own objects: `POST /{name}` with a command.
export default {
  /** @param {Request} request @param {any} env */
  async fetch(request, env) {
    const name = new URL(request.url).pathname.slice(1);
    if (name === 'healthz') return new Response('ok');
    const message = { locale: 'en', message: { command: await request.json() } };
    const voucher = env.VOUCHERS.get(env.VOUCHERS.idFromName(name));
    return voucher.fetch('https://object.invalid/', { method: 'POST', body: JSON.stringify(message) });
  },
};
