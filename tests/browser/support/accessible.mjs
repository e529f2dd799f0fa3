import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { assertFits } from './shopper.mjs';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * What must hold of whatever a page shows: axe finds nothing in light or dark, and nothing is wider than the window, on
 * small telephones and at 200 % zoom.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} what
 */
export async function assertAccessible(page, what) {
  await page.evaluate(axe);
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // The dark page differs in its colours alone.
    const runOnly = colorScheme === 'dark' ? ['color-contrast'] : undefined;
    const { violations } = await page.evaluate(
      (options) => globalThis.axe.run(document, options),
      // What stands in a frame is somebody else's page. Preloaded style sheets are copied into style elements, which the policy of
      // pages refuses; only an experimental rule, which does not run, reads them.
      { resultTypes: ['violations'], iframes: false, preload: false, ...(runOnly && { runOnly }) },
    );
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    assert.deepEqual(found, [], `${what}, ${colorScheme}`);
  }
  const size = page.viewportSize() ?? { width: 1280, height: 900 };
  // Zooming a window of 1280 px to 200 % leaves 640 px of CSS, at twice the density.
  for (const width of [320, 360, 640]) {
    await page.setViewportSize({ width, height: 640 });
    await assertFits(page, `${what} at ${width} px`);
  }
  await page.setViewportSize(size);
}
