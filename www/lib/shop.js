// What the page's markup says of the shop and of the environment that it is served in. The Worker writes the environment.
import { isZone } from './zoned.js';

const root = document.documentElement;
const marks = { local: 'SANDBOX', demo: 'DEMO' };

/** Returns the shop's name. */
export const shopName = () =>
  document.querySelector('meta[name="application-name"]')?.content || textOf('.brand [translate="no"]');

/** Returns `local`, `demo` or `production`; `unknown` for a page that no Worker has served. */
export const environment = () => root.dataset.environment || 'unknown';

/** Returns the word for payments that move no real money, `DEMO` or `SANDBOX`; empty for real ones. */
export const testMark = () => marks[environment()] ?? '';

/** Returns the time zone of the shop, an IANA name that this browser knows. */
export const shopZone = () => (isZone(root.dataset.timeZone) ? root.dataset.timeZone : 'America/Mexico_City');

/** Returns the address of the shop; empty if the page has none. */
export const shopAddress = () => textOf('.foot address > :last-child');

const textOf = (selector) => document.querySelector(selector)?.textContent.trim() ?? '';
