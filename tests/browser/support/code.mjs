import jsQR from 'jsqr';

/**
 * What a telephone's camera would read from a place of the page: a photograph of it, read by another program than the one that
 * drew it.
 *
 * @param {import('playwright-core').Locator} place
 * @returns {Promise<string | undefined>}
 */
export async function readCode(place) {
  const photograph = await place.screenshot();
  const { width, height, data } = await place.page().evaluate(pixels, photograph.toString('base64'));
  return jsQR(Uint8ClampedArray.from(Buffer.from(data, 'base64')), width, height)?.data;
}

/** Runs in the page: browsers can read a PNG. @param {string} png */
async function pixels(png) {
  const blob = new Blob([Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0))], { type: 'image/png' });
  const { width, height } = await createImageBitmap(blob);
  const canvas = new OffscreenCanvas(width, height);
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d'));
  context.drawImage(await createImageBitmap(blob), 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  let text = '';
  for (const byte of data) text += String.fromCharCode(byte);
  return { width, height, data: btoa(text) };
}
