/**
 * Shows pages as a Worker of that environment serves them.
 *
 * @param {import('playwright-core').Page} page
 * @param {'local' | 'demo' | 'production'} environment
 * @param {Record<string, string>} [more] other data of the `html` element, such as `timeZone`
 */
export const servedIn = (page, environment, more = {}) =>
  page.addInitScript((values) => {
    // The element is there before the page's first script runs.
    const set = () => document.documentElement && Object.assign(document.documentElement.dataset, values);
    new MutationObserver((_, observer) => set() && observer.disconnect()).observe(document, { childList: true });
  }, { environment, ...more });
