import { clientOf } from '../../worker/support/client.mjs';
import { cardsOf } from '../../worker/support/cards.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {Awaited<ReturnType<typeof import('./browsing.mjs').startBrowsing>>} World */

/** What a merchant's backend asks of the Worker about saved cards. @param {World} world */
export function shopOf(world) {
  const cards = cardsOf({ ...world, ...clientOf(world.url) });

  /** A card whose link ran out some time ago, and the Worker has not looked since. */
  const late = async () => {
    const back = 20 * 60_000;
    await world.sandbox.advance(-back);
    const card = await cards.begun({ ttlMinutes: 10 });
    await world.sandbox.advance(back);
    return card;
  };

  return { ...cards, late };
}

/** Fills in the form, wherever it is. @param {Page | import('playwright-core').FrameLocator} place @param {string | RegExp} [name] */
export const saveThere = (place, name = 'Guardar tarjeta') => place.getByRole('button', { name }).click();

/** The form inside the page. @param {Page} page */
export const formIn = (page) => page.frameLocator('#form iframe');

/** Waits until the page says so. @param {Page} page @param {string} name */
export const untilHeadline = (page, name) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
