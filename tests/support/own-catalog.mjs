import { ownFile } from './own-file.mjs';

/** A copy of the site whose catalog a test may change while a Worker serves it. */
export async function ownCatalog() {
  const own = await ownFile('catalog.json');
  return {
    ...own,
    /** The first catalog with a change. @param {(items: any[]) => void} change @returns {string} */
    changed: (change) => own.changed(({ items }) => change(items)),
  };
}
