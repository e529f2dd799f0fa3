// A duration: a number with its unit, and its meaning in words.
import { element } from '/lib/dom.js';
import { language, word } from '/lib/words.js';
import { visibleInOrder } from '/pkg/visible-text.js';
import { moment } from '../format.js';
import { field } from './field.js';

const minutesIn = { minute: 1, hour: 60, day: 1440 };

/**
 * Returns a field for `/ttlMinutes` with `units` to choose from, `[count, unit]` at first. `hint` is the key of the words that describe the
 * choice, with `{duration}` and `{until}`. `minutes()` returns a whole number, else what was typed, or undefined for nothing; `draw()`
 * renders the words.
 */
export function duration({ label, hint, units, chosen: [count, unit] }) {
  const input = element('input', { value: String(count) });
  const options = units.map((name) => new Option('', name, name === unit, name === unit));
  const choice = element('select', { id: 'ttl-unit', name: 'ttl-unit' }, ...options);
  const inFull = element('p', { className: 'hint', id: 'ttl-hint' });
  const place = field({ id: 'ttl', pointer: '/ttlMinutes', label, hint: inFull, kind: 'amount', beside: choice }, input);

  const minutes = () => {
    const typed = visibleInOrder(input.value);
    if (!typed) return undefined;
    const whole = Number(typed) * minutesIn[choice.value];
    return Number.isSafeInteger(whole) ? whole : typed;
  };
  const draw = () => {
    choice.setAttribute('aria-label', word('fields.unit'));
    for (const option of options) option.textContent = unitName(Number(input.value) || 0, option.value);
    const now = minutes();
    const isKnown = Number.isSafeInteger(now) && now > 0 && now <= 366 * minutesIn.day;
    inFull.hidden = !isKnown;
    if (!isKnown) return;
    const until = moment(Date.now() + now * 60_000);
    const text = word(hint, { duration: inWords(now), until });
    if (inFull.textContent !== text) inFull.textContent = text;
  };
  for (const part of [input, choice]) part.addEventListener('input', draw);
  draw();
  return { place, minutes, draw };
}

/** Formats 90 as `1 hora y 30 minutos`. */
export function inWords(minutes) {
  const parts = [];
  let left = minutes;
  // Links have hours up to two days.
  for (const unit of minutes > 2 * minutesIn.day ? ['day', 'hour', 'minute'] : ['hour', 'minute']) {
    const count = Math.floor(left / minutesIn[unit]);
    left -= count * minutesIn[unit];
    if (count > 0) parts.push(format(unit).format(count));
  }
  return new Intl.ListFormat(language(), { type: 'conjunction' }).format(parts);
}

const unitName = (count, unit) =>
  format(unit)
    .formatToParts(count)
    .find(({ type }) => type === 'unit').value;

const format = (unit) => new Intl.NumberFormat(language(), { style: 'unit', unit, unitDisplay: 'long' });
