import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folioOf, noteIn, referenceIn } from '../../.build/test-site/staff/references.js';

test('the reference and the note of a charge are read from the id that the Worker made for it', () => {
  assert.equal(referenceIn('mesa-4_20260301T180000_k7q2m9xd3fht'), 'K7Q2-M9XD-3FHT');
  assert.equal(noteIn('mesa-4_20260301T180000_k7q2m9xd3fht'), 'mesa-4');
  assert.equal(noteIn('a_b_20260301T180000_k7q2m9xd3fht'), 'a_b');
  assert.equal(noteIn('pos_20260301T180000_k7q2m9xd3fht'), '');
  assert.equal(referenceIn('FAC-881'), 'FAC-881');
  for (const other of ['FAC-881', undefined, null]) assert.equal(noteIn(other), '');
});

test('a folio is what the merchant gave, not what was made from the reference', () => {
  const reference = 'K7Q2-M9XD-3FHT';
  for (const externalId of ['K7Q2M9XD3FHT-1', 'K7Q2M9XD3FHT-12', 'mesa-4_20260301T180000_k7q2m9xd3fht', null, undefined])
    assert.equal(folioOf({ reference, externalId }), undefined, String(externalId));
  for (const externalId of ['FAC-881', 'K7Q2M9XD3FHU-1', '1']) assert.equal(folioOf({ reference, externalId }), externalId);
  assert.equal(folioOf({ reference: null, externalId: 'other-1' }), 'other-1', 'of another system');
});
