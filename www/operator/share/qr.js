// Renders text as a QR code, dark on white in all themes: not every camera reads the opposite.
const svg = 'http://www.w3.org/2000/svg';
/** The quiet zone, in modules, that the standard requires. */
const margin = 4;

/** Returns an SVG with the code of `text` and the accessible name `label`. The encoder is loaded with the first one. */
export async function qrCode(text, label) {
  const { encode } = await import('/vendor/uqr.js');
  // Up to 15 % of it may be damaged: it is printed and folded.
  const { size, data } = encode(text, { ecc: 'M', border: 0 });
  const side = size + 2 * margin;
  const image = drawn('svg', { viewBox: `0 0 ${side} ${side}`, role: 'img', 'aria-label': label, class: 'qr' });
  image.append(
    drawn('rect', { width: side, height: side, fill: '#fff' }),
    drawn('path', { d: pathOf(data), fill: '#000', 'shape-rendering': 'crispEdges' }),
  );
  return image;
}

/** Returns one rectangle for each run of dark modules in a row. */
function pathOf(rows) {
  let path = '';
  for (const [y, row] of rows.entries()) {
    for (let x = 0; x < row.length; x += 1) {
      if (!row[x]) continue;
      const start = x;
      while (row[x + 1]) x += 1;
      const run = x - start + 1;
      path += `M${start + margin} ${y + margin}h${run}v1h-${run}z`;
    }
  }
  return path;
}

function drawn(name, attributes) {
  const made = document.createElementNS(svg, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
