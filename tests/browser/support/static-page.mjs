import { fetchOnce } from '../../support/fetch-once.mjs';
/** @typedef {import('playwright-core').Page} Page */

/**
 * A page of somebody who writes no JavaScript, beside the Worker's own: the same origin, the same security headers, and
 * colours of its own in light and dark.
 *
 * @param {Page} page
 * @param {string} url of the Worker
 * @param {string} pathname of the page; it may take the place of one of ours
 * @param {string} markup
 */
export async function serve(page, url, pathname, markup) {
  const { headers } = await fetchOnce(`${url}/index.html`);
  await page.route(
    (address) => address.origin === url && address.pathname === pathname,
    (route) =>
      route.fulfill({
        contentType: 'text/html; charset=utf-8',
        headers: { 'content-security-policy': headers.get('content-security-policy') ?? '' },
        body: `<!doctype html>
<html lang="es-MX">
<head>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Tostadores del barrio</title>
<link rel="stylesheet" href="/tokens.css">
<link rel="icon" href="/favicon.svg">
<script type="module" src="/pkg/elements-define.js"></script>
</head>
<body><main><h1>Tostadores del barrio</h1>${markup}</main></body>
</html>`,
      }),
  );
}
