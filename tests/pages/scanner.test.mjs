import assert from 'node:assert/strict';
import { test } from 'node:test';
import { holdMs, scanDetector } from '../../www/pos/scanner.js';

/** @typedef {{ key: string, at: number, repeat?: boolean }} Stroke */

/** Keys one after another, `gap` ms apart or as `gap(index)` tells. @param {Iterable<string>} keys @param {number | ((index: number) => number)} gap */
function strokes(keys, gap, from = 1000) {
  let at = from;
  return [...keys].map((key, index) => {
    at += index === 0 ? 0 : typeof gap === 'number' ? gap : gap(index);
    return { key, at };
  });
}

const code = [...'7501055300075'];

/**
 * What is typed and what is taken for a scanner's, with the timer of the page: strokes that are held are released after a while.
 *
 * @param {Stroke[]} all
 */
function run(all) {
  const detector = scanDetector();
  /** @type {Stroke[]} */
  const typed = [];
  /** @type {Stroke[]} */
  const scanned = [];
  let before = -Infinity;
  for (const stroke of all) {
    if (stroke.at - before >= holdMs) typed.push(...detector.release());
    before = stroke.at;
    const decision = detector.take({ repeat: false, ...stroke });
    typed.push(...decision.typed);
    if (decision.scanned) scanned.push(stroke);
  }
  typed.push(...detector.release());
  return { typed: typed.map(({ key }) => key), scanned: scanned.map(({ key }) => key) };
}

test('a scanner types nothing and presses nothing, however quick it is and whatever ends its code', () => {
  for (const gap of [0, 1, 3, 8, 15, 25, 30]) {
    for (const ending of [['Enter'], ['Tab'], ['Enter', 'Enter'], []]) {
      for (let length = ending.length ? 2 : 3; length <= code.length; length += 1) {
        const { typed, scanned } = run(strokes([...code.slice(0, length), ...ending], gap));
        assert.deepEqual(typed, [], `${length} digits, ${gap} ms apart, then ${ending}`);
        assert.equal(scanned.at(-1), ending.at(-1) ?? code[length - 1]);
      }
    }
  }
});

test('codes with letters, signs, capitals and function keys, uneven ones, and one after another are a scanner’s as well', () => {
  /** @type {[string, Stroke[]][]} */
  const table = [
    ['letters', strokes([...'LOT-42/A', 'Enter'], 10)],
    ['capitals', strokes(['Shift', 'L', 'Shift', 'O', 'Shift', 'T', '4', 'Enter'], 4)],
    ['a prefix', strokes(['F8', ...code, 'Enter'], 12)],
    ['a prefix that would charge', strokes(['Enter', ...code, 'Enter'], 12)],
    ['with Tab in it', strokes([...'75010', 'Tab', ...'5530', 'Enter'], 12)],
    ['Alt and a number', strokes(['Alt', '0', '5', '5', 'Alt', '0', '4', '9', 'Enter'], 8)],
    ['uneven', strokes([...code, 'Enter'], (index) => 3 + ((index * 7) % 28))],
    ['the ending late', [...strokes(code, 5), { key: 'Enter', at: 1000 + 12 * 5 + 180 }]],
    ['two in a row', [...strokes([...code, 'Enter'], 5), ...strokes([...code, 'Enter'], 5, 1400)]],
    ['with a stall', [...strokes(code.slice(0, 7), 5), ...strokes([...code.slice(7), 'Enter'], 5, 1100)]],
    ['a short one', strokes(['1', '2', 'Enter'], 30)],
    ['few different ones', strokes([...'1122', 'Enter'], 8)],
    ['one key again and again', strokes(Array(6).fill('0'), 3)],
    ['a short one behind Enter', strokes(['Enter', '1', '2', 'Enter'], 12)],
  ];
  for (const [name, keys] of table) assert.deepEqual(run(keys).typed, [], name);
});

test('people type: also fast ones, with two hands, with a key held down, and right after a scan', () => {
  const amount = [...'125050', 'Enter'];
  for (const gap of [60, 65, 70, 80, 120, 300]) assert.deepEqual(run(strokes(amount, gap)), { typed: amount, scanned: [] }, `${gap} ms`);
  const uneven = (/** @type {number} */ index) => 60 + ((index * 13) % 21);
  assert.deepEqual(run(strokes([...amount, ...amount, ...amount], uneven)).scanned, []);

  // Two keys at once, again and again, as hands roll over them; Enter is a key like these.
  const rolled = strokes([...'12503480', 'Enter'], (index) => (index % 2 ? 22 : 95));
  assert.deepEqual(run(rolled), { typed: [...'12503480', 'Enter'], scanned: [] });
  const slow = strokes(['1', '5', 'Enter'], 42);
  assert.deepEqual(run(slow), { typed: ['1', '5', 'Enter'], scanned: [] });

  // No code is without characters: these come from people, or from programs that help them.
  for (const keys of [['Tab', 'Tab', 'Tab', 'Enter'], ['ArrowDown', 'ArrowDown', 'Enter'], ['Escape', 'Enter'], ['Backspace', 'Backspace', 'Backspace', 'Enter']])
    assert.deepEqual(run(strokes(keys, 5)), { typed: keys, scanned: [] }, String(keys));

  for (const key of ['0', 'Backspace']) {
    const held = [{ key, at: 0 }, ...Array.from({ length: 30 }, (_, index) => ({ key, at: 500 + index * 30, repeat: true }))];
    assert.deepEqual(run([...held, { key: 'Enter', at: 1500 }]), { typed: [...Array(31).fill(key), 'Enter'], scanned: [] }, `${key} held`);
  }

  const after = [...strokes([...code, 'Enter'], 5), ...strokes(amount, 70, 1400)];
  assert.deepEqual(run(after).typed, amount, 'what is typed after a scan counts');
  const before = [...strokes(['1', '8', '9', '0', '0'], 90, 0), ...strokes([...code, 'Enter'], 5)];
  assert.deepEqual(run(before).typed, ['1', '8', '9', '0', '0'], 'and what was typed before');
  assert.deepEqual(run(strokes(['Shift', 'Control', 'Shift', 'Alt'], 2)), { typed: [], scanned: [] }, 'modifiers are no typing');
});

test('the keys of many zeros type them, and one key with Enter rolled onto it stays typed', () => {
  const zeros = (/** @type {number} */ count, /** @type {number} */ from) => strokes(Array(count).fill('0'), 3, from);
  /** @type {[string, Stroke[], string[], string[]][]} */
  const table = [
    ['000', zeros(3, 1000), [...'000'], []],
    ['00', zeros(2, 1000), [...'00'], []],
    ['five of one kind', zeros(5, 1000), [...'00000'], []],
    ['4, 000, and on', [...strokes(['4'], 0, 700), ...zeros(3, 1000), ...strokes(['5', 'Enter'], 90, 1100)], [...'40005', 'Enter'], []],
    ['000 rolled onto 4', [...strokes(['4'], 0, 960), ...zeros(3, 1000)], [...'4000'], []],
    ['Enter at once behind 000', [...zeros(3, 1000), { key: 'Enter', at: 1030 }], [...'000'], ['Enter']],
    ['Enter rolled onto the last digit', [...strokes([...'4500'], 100), { key: 'Enter', at: 1330 }], [...'4500'], ['Enter']],
    ['and pressed again', [...strokes([...'4500'], 100), { key: 'Enter', at: 1330 }, { key: 'Enter', at: 1650 }], [...'4500', 'Enter'], ['Enter']],
    ['a digit after it', [...strokes(['4', 'Enter'], 20), { key: '5', at: 1120 }, { key: 'Enter', at: 1400 }], [...'45', 'Enter'], ['Enter']],
    ['two endings', strokes(['5', 'Enter', 'Enter'], 20), ['5'], ['Enter', 'Enter']],
    ['Enter on both sides', strokes(['Enter', '5', 'Enter'], 12), ['5'], ['Enter']],
  ];
  for (const [name, keys, typed, scanned] of table) assert.deepEqual(run(keys), { typed, scanned }, name);
  const detector = scanDetector();
  const alone = strokes(['5', 'Enter', 'Enter'], 20).map((stroke) => detector.take({ repeat: false, ...stroke }).alone);
  assert.deepEqual(alone, [undefined, true, true]);
});

test('input methods and filled-in forms are no scanners, but what they cannot name keeps Enter from pressing anything at once', () => {
  const unnamed = strokes(Array(12).fill('Unidentified'), 2);
  assert.deepEqual(run(unnamed), { typed: [], scanned: [] });
  assert.deepEqual(run([...unnamed, { key: 'Enter', at: 1400 }]), { typed: ['Enter'], scanned: [] });
  assert.deepEqual(run([...unnamed, { key: 'Enter', at: 1024 }]), { typed: [], scanned: ['Enter'] });
  assert.deepEqual(run(strokes(['Process', 'Process', 'Process', '4'], 70)), { typed: ['4'], scanned: [] });
});

test('a key that a scanner’s code may begin with follows a rest: what came late is taken back from there', () => {
  const detector = scanDetector();
  const begins = (/** @type {Stroke[]} */ all) => all.map((stroke) => detector.take({ repeat: false, ...stroke }).begins);
  assert.deepEqual(begins(strokes(['1', '8', '9'], 200, 0)), [true, true, true], 'each key of somebody who takes their time');
  assert.deepEqual(begins(strokes(['7', '5', '0'], (index) => (index === 1 ? 80 : 5), 1000)), [true, false, false], 'a code that begins haltingly');
  assert.deepEqual(begins(strokes([...'4500'], 100, 3000)), [true, false, true, true], 'what runs on is typing, and stays');
});
