// A bar chart. It is rendered at the available width, so that its text keeps its size.
import { language, money } from '/lib/words.js';
import { element } from '/lib/dom.js';

const svg = 'http://www.w3.org/2000/svg';
const height = 220;
/** Margins for the labels. */
const below = 24;
const beside = 52;
const above = 10;
/** The approximate width of a label, in pixels. */
const wordWidth = 52;

/**
 * Returns a chart of `bars`, `{ amount, name, short }` each, with the accessible name `label`. `place` is the element; `stop` ends its
 * observer of the width.
 */
export function barChart({ id, label, bars }) {
  const image = drawn('svg', { id, role: 'img', 'aria-label': label, class: 'chart', height });
  const place = element('div', { className: 'chart-place' }, image);
  const watcher = new ResizeObserver(([{ contentRect }]) => draw(image, bars, Math.floor(contentRect.width)));
  watcher.observe(place);
  return { place, stop: () => watcher.disconnect() };
}

function draw(image, bars, width) {
  if (width < 2 * beside) return;
  const top = roundUp(Math.max(...bars.map(({ amount }) => Number(amount)), 0));
  const y = (amount) => above + (height - above - below) * (1 - amount / top);
  const step = (width - beside) / bars.length;
  const every = Math.ceil(wordWidth / step);
  const x = (at) => beside + at * step;
  image.setAttribute('viewBox', `0 0 ${width} ${height}`);
  image.setAttribute('width', width);
  image.replaceChildren(
    ...[0, top / 2, top].flatMap((amount) => scale(amount, y(amount), width)),
    ...bars.flatMap((bar, at) => column(bar, { x: x(at), y: y(Number(bar.amount)), step, isLabelled: at % every === 0 })),
  );
}

function scale(amount, y, width) {
  return [
    drawn('line', { class: 'chart-line', x1: beside, x2: width, y1: y, y2: y }),
    text(compact(amount), { class: 'chart-word', x: beside - 8, y: y + 4, 'text-anchor': 'end' }),
  ];
}

function column({ amount, name, short }, { x, y, step, isLabelled }) {
  const gap = Math.min(step * 0.25, 8);
  const base = height - below;
  const rx = Math.min(3, (base - y) / 2);
  const bar = drawn('rect', { class: 'chart-bar', x: x + gap / 2, y, width: step - gap, height: base - y, rx });
  // The whole height reacts to a pointer, since bars may be low.
  const target = drawn('rect', { class: 'chart-target', x, y: above, width: step, height: base - above });
  const title = drawn('title', {});
  title.textContent = `${name}: ${money(amount)}`;
  target.append(title);
  const word = text(short, { class: 'chart-word', x: x + step / 2, y: height - 6, 'text-anchor': 'middle' });
  return isLabelled ? [bar, target, word] : [bar, target];
}

/** Rounds up to 1, 1.2, 1.5, 2, 3, 4, 5, 6, 8, 10, 12, ...: half of each has two digits at most. */
function roundUp(most) {
  if (most <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(most));
  return [1, 1.2, 1.5, 2, 3, 4, 5, 6, 8, 10].map((factor) => factor * power).find((round) => round >= most);
}

function compact(amount) {
  const inPesos = { style: 'currency', currency: 'MXN', currencyDisplay: 'narrowSymbol' };
  return new Intl.NumberFormat(language(), { ...inPesos, notation: 'compact' }).format(amount);
}

function text(content, attributes) {
  const made = drawn('text', attributes);
  made.textContent = content;
  return made;
}

function drawn(name, attributes) {
  const made = document.createElementNS(svg, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
