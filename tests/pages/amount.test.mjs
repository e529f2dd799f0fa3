import assert from 'node:assert/strict';
import { test } from 'node:test';
import { centavosOf, press, typedOf } from '../../.build/test-site/pos/entry.js';
import { decimalText, largestCentavos, readAmount } from '../../.build/test-site/staff/amount.js';

test('an amount that somebody wrote is read as they meant it, or not at all', () => {
  /** @type {[string, number | 'unreadable' | 'tooLarge'][]} */
  const table = [
    ['12', 1200], ['12.', 1200], ['12.5', 1250], ['12.50', 1250], ['12,5', 1250], ['12,50', 1250], ['12,', 1200],
    ['.5', 50], [',50', 50], ['0.05', 5], ['0', 0], ['0.00', 0], ['007.10', 710],
    ['1250', 125_000], ['1250.50', 125_050], ['1250,50', 125_050],
    ['1,250', 125_000], ['1,250.5', 125_050], ['1,250.50', 125_050], ['1.250,50', 125_050], ['1.250,5', 125_050],
    ['1,234,567.89', 123_456_789], ['1.234.567,89', 123_456_789], ['1.234.567', 123_456_700], ['1 250.50', 125_050],
    ["1'250.50", 125_050], ['1’250,50', 125_050],
    ['$1,250.50 MXN', 125_050], ['$ 1,250.50', 125_050], ['MX$12.5', 1250], ['MXN 12.50', 1250], ['MXN $12.50', 1250], ['12.50mxn', 1250], ['12.50 M.N.', 1250],
    [' 12.50\n', 1250], ['\u00a012.50', 1250], ['\u200b12.50\ufeff', 1250], ['1\u202f250.50', 125_050], ['１２．５', 1250],
    ['99999999.99', largestCentavos], ['99,999,999.99', largestCentavos],
    ['100000000', 'tooLarge'], ['7501055300075', 'tooLarge'], ['100,000,000.00', 'tooLarge'], ['9'.repeat(400), 'tooLarge'],
    // Thousands, or a digit too many: nobody knows.
    ['1.250', 'unreadable'], ['12.500', 'unreadable'], ['0.500', 'unreadable'], ['0,500', 'unreadable'],
    ['1.2505', 'unreadable'], ['1,25,0', 'unreadable'], ['1,2505', 'unreadable'], ['12,34.5', 'unreadable'], ['1.250,505', 'unreadable'], ['1,250 500', 'unreadable'],
    // Digits whose order on the screen another reading direction may have changed.
    ['\u202e1,250.50\u202c', 'unreadable'], ['12\u200f.50', 'unreadable'],
    ['12 50', 'unreadable'], ['12..5', 'unreadable'], ['1.2.3', 'unreadable'],
    ['', 'unreadable'], ['.', 'unreadable'], [',', 'unreadable'], ['$', 'unreadable'], ['abc', 'unreadable'], ['12.5a', 'unreadable'],
    ['-12.50', 'unreadable'], ['−12.50', 'unreadable'], ['(12.50)', 'unreadable'], ['12.50-', 'unreadable'], ['1e3', 'unreadable'], ['12%', 'unreadable'],
    ['US$12.50', 'unreadable'], ['€12.50', 'unreadable'], ['12.50 USD', 'unreadable'], ['12.50 15.00', 'unreadable'], ['٣٫٥', 'unreadable'],
  ];
  for (const [text, expected] of table) {
    const { centavos, problem } = readAmount(text);
    assert.equal(centavos ?? problem, expected, JSON.stringify(text));
  }
});

/** What a row of keys makes, and which of them are not taken. @param {string[]} keys */
function type(keys) {
  let typed = '';
  const problems = [];
  for (const key of keys) {
    const next = press(typed, key);
    typed = next.typed;
    if (next.problem) problems.push(next.problem);
  }
  return { typed, centavos: centavosOf(typed), problems };
}

test('digits fill from the right in centavos; a point or a comma makes them pesos', () => {
  /** @type {[string, number | undefined, string[]?][]} */
  const table = [
    ['', 0], ['1', 1], ['12', 12], ['150', 150], ['1250', 1250], ['125050', 125_050], ['000', 0], ['0012', 12],
    ['12.', 1200], ['12.5', 1250], ['12.50', 1250], ['12,5', 1250], ['12,', 1200], ['.5', 50], ['.', 0], [',05', 5], ['00.5', 50],
    ['1250.5', 125_050], ['1250.50', 125_050], ['1,250', 125_000], ['1,250.50', 125_050], ['1.250,50', 125_050], ['1,234,567.89', 123_456_789],
    ['1,2', 120], ['1,25', 125],
    // Not clear yet, or not any more: nothing can be charged.
    ['1.250', undefined], ['12.500', undefined], ['1,250,', undefined], ['1,250,5', undefined], ['0,500', undefined],
    // Keys that are not taken leave what is there.
    ['1250.505', 125_050, ['decimals']], ['1,250.505', 125_050, ['decimals']], ['12.5.', 1250, ['decimals']], ['12..5', 1250, ['decimals']], ['1.250,505', 125_050, ['decimals']],
    ['12345678901', 1_234_567_890, ['tooLarge']], ['9999999999', largestCentavos], ['99999999990', largestCentavos, ['tooLarge']],
    ['123456789.', 123_456_789, ['tooLarge']], ['99999999.99', largestCentavos],
    ['12*3', 123, ['notAmount']], ['1a2', 12, ['notAmount']], ['-5', 5, ['notAmount']], ['7501055300075', 7_501_055_300, ['tooLarge', 'tooLarge', 'tooLarge']],
  ];
  for (const [keys, centavos, problems = []] of table) {
    const made = type([...keys]);
    assert.equal(made.centavos, centavos, keys);
    assert.deepEqual(made.problems, problems, keys);
  }
  assert.deepEqual(type(['1', '00', '00']).centavos, 10_000, 'the key of two zeros');
  assert.deepEqual(type(['1', '2', '3', '4', '5', '6', '7', '8', '9', '00']), { typed: '123456789', centavos: 123_456_789, problems: ['tooLarge'] });
  assert.equal(type(['1', '2', '.', '5', 'Backspace', 'Backspace']).centavos, 12);
  assert.equal(type(['1', '2', '.', '5', 'Escape', '7']).centavos, 7);
  assert.equal(type(['Backspace', 'Escape']).centavos, 0);
});

test('every way to write an amount is the same amount, by keys and pasted', () => {
  const group = (/** @type {string} */ digits, /** @type {string} */ by) => digits.replace(/\B(?=(\d{3})+$)/g, by);
  for (let centavos = 1; centavos <= largestCentavos; centavos = Math.ceil(centavos * 1.37) + 1) {
    const text = decimalText(centavos);
    const [pesos = '', decimals = ''] = text.split('.');
    for (const written of [text, `${pesos},${decimals}`, `${group(pesos, ',')}.${decimals}`, `${group(pesos, '.')},${decimals}`]) {
      assert.equal(readAmount(written).centavos, centavos, written);
      assert.deepEqual(type([...written]), { typed: written, centavos, problems: [] }, written);
    }
    assert.equal(type([...String(centavos)]).centavos, centavos);
    assert.equal(centavosOf(typedOf(centavos)), centavos);
  }
});

test('no row of keys makes an amount out of range, or drops a key without a word', () => {
  const keys = ['0', '1', '9', '00', '.', ','];
  let rows = [['']];
  for (let length = 1; length <= 6; length += 1) {
    rows = rows.flatMap((row) => keys.map((key) => [...row, key]));
    for (const row of rows) {
      let typed = '';
      for (const key of row.slice(1)) {
        const next = press(typed, key);
        const isLeadingZero = /^0+$/.test(key) && /^0*$/.test(typed);
        assert.ok(next.problem || next.typed !== typed || isLeadingZero, `${key} after ${typed}`);
        typed = next.typed;
        const centavos = centavosOf(typed);
        assert.ok(centavos === undefined || (Number.isSafeInteger(centavos) && centavos >= 0 && centavos <= largestCentavos), typed);
      }
    }
  }
});
