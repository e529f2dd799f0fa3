import assert from 'node:assert/strict';
import { test } from 'node:test';
import { referenceOf } from '../../.build/test-site/pos/sale-reference.js';

/** What the Worker takes (src/value/sale_reference.rs). */
const taken = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,31}$/;

test('what somebody types becomes a reference that the Worker accepts, or a problem', () => {
  /** @type {[string, string | undefined][]} */
  const table = [
    ['', undefined], ['   ', undefined], ['\u200b', undefined],
    ['mesa-4', 'mesa-4'], ['MESA-4', 'MESA-4'], ['T_1.5', 'T_1.5'], ['4', '4'], [' mesa-4 ', 'mesa-4'], ['mesa\u200b-4\ufeff', 'mesa-4'],
    ['Mesa 4', 'mesa-4'], ['Mesa\u00a04', 'mesa-4'], ['mesa\t4', 'mesa-4'], ['Mesa  -  4', 'mesa-4'], ['#4', '4'], ['-4', '4'], ['.4', '4'], ['Mesa 4!', 'mesa-4'],
    ['José Núñez', 'jose-nunez'], ['Jose\u0301', 'jose'], ['Straße', 'strasse'], ['Œuvre', 'oeuvre'], ['Terraza/2', 'terraza-2'], ['a & b', 'a-b'], ['2º piso', '2o-piso'],
    ['☕ Mesa 4', 'mesa-4'], ['Mesa 4 👨‍👩‍👧', 'mesa-4'], ['Mesa 4️⃣', 'mesa-4'], ['🇲🇽 12', '12'], ['Mesa № 4', 'mesa-no-4'], ['Ｍｅｓａ ４', 'mesa-4'],
    ['7501055300075', '7501055300075'], ['x'.repeat(32), 'x'.repeat(32)], ['x'.repeat(33), 'referenceLong'], [`${'Mesa '.repeat(8)}`, 'referenceLong'],
    ['☕', 'referenceBare'], ['---', 'referenceBare'], ['桌子', 'referenceBare'], ['«»', 'referenceBare'], ['._-', 'referenceBare'],
  ];
  for (const [typed, expected] of table) {
    const { reference, problem } = referenceOf(typed);
    assert.equal(reference ?? problem, expected, JSON.stringify(typed));
    if (reference) assert.match(reference, taken, JSON.stringify(typed));
  }
});

test('whatever characters are typed, the Worker would take what comes out, and what comes out stays as it is', () => {
  const parts = ['a', 'Z', '9', '_', '-', '.', ' ', 'ñ', 'É', 'ß', '☕', '\u200d', '\u0301', '/', '桌', '\u00a0'];
  for (const one of parts)
    for (const two of parts)
      for (const three of parts)
        for (const four of parts) {
          const typed = one + two + three + four;
          const { reference, problem } = referenceOf(typed);
          assert.ok(reference === undefined || taken.test(reference), JSON.stringify(typed));
          assert.ok(problem === undefined || problem === 'referenceBare', JSON.stringify(typed));
          if (reference) assert.equal(referenceOf(reference).reference, reference);
        }
});
