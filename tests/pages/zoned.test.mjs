import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayIn, isZone, placeOf, startOfDayIn } from '../../www/lib/zoned.js';

const hour = 3_600_000;
const at = (/** @type {string} */ text) => Date.parse(text);

test('a day begins when the zone’s clocks say so, also on days of 23 and 25 hours', () => {
  for (const [zone, day, start, hours] of /** @type {const} */ ([
    ['America/Mexico_City', '2026-11-28', '2026-11-28T06:00:00Z', 24],
    ['America/Mexico_City', '2026-07-01', '2026-07-01T06:00:00Z', 24],
    ['America/Cancun', '2026-07-01', '2026-07-01T05:00:00Z', 24],
    ['America/Tijuana', '2026-03-07', '2026-03-07T08:00:00Z', 24],
    ['America/Tijuana', '2026-03-08', '2026-03-08T08:00:00Z', 23],
    ['America/Tijuana', '2026-03-09', '2026-03-09T07:00:00Z', 24],
    ['America/Tijuana', '2026-10-31', '2026-10-31T07:00:00Z', 24],
    ['America/Tijuana', '2026-11-01', '2026-11-01T07:00:00Z', 25],
    ['America/Tijuana', '2026-11-02', '2026-11-02T08:00:00Z', 24],
    ['America/Ciudad_Juarez', '2026-11-01', '2026-11-01T06:00:00Z', 25],
    ['Asia/Tokyo', '2026-03-01', '2026-02-28T15:00:00Z', 24],
    // Clocks go from midnight to one, back from one to midnight, and by half an hour.
    ['Asia/Beirut', '2026-03-29', '2026-03-28T22:00:00Z', 23],
    ['America/Havana', '2026-11-01', '2026-11-01T04:00:00Z', 25],
    ['Australia/Lord_Howe', '2026-04-05', '2026-04-04T13:00:00Z', 24.5],
  ])) {
    const begins = startOfDayIn(zone, day) ?? NaN;
    assert.equal(new Date(begins).toISOString(), new Date(start).toISOString(), `${day} in ${zone}`);
    assert.equal((Number(startOfDayIn(zone, day, 1)) - begins) / hour, hours, `${day} in ${zone}`);
  }
  assert.equal(startOfDayIn('UTC', 'soon'), undefined);
  assert.equal(startOfDayIn('UTC', '2026-12-31', 1), at('2027-01-01T00:00:00Z'));
});

test('no instant lies between two days or in both', () => {
  for (const zone of ['America/Mexico_City', 'America/Tijuana', 'America/Ojinaga', 'Asia/Beirut', 'America/Santiago', 'Pacific/Auckland']) {
    for (let days = 0; days < 400; days += 1) {
      const start = Number(startOfDayIn(zone, '2026-01-01', days));
      const day = new Date(Date.UTC(2026, 0, 1 + days)).toISOString().slice(0, 10);
      assert.equal(dayIn(zone, start), day, zone);
      assert.ok(dayIn(zone, start - 1) < day, `${day} in ${zone}`);
      assert.ok(dayIn(zone, start + 22 * hour) <= day, `${day} in ${zone}`);
    }
  }
});

test('a zone is known by its name, and called by its place', () => {
  assert.deepEqual(['America/Tijuana', 'America/Atlantis', '', undefined].map(isZone), [true, false, false, false]);
  assert.deepEqual(
    ['America/Mexico_City', 'America/Cancun', 'America/Tijuana', 'Asia/Ho_Chi_Minh', 'UTC'].map((zone) => placeOf(zone, 'es-MX')),
    ['la Ciudad de México', 'Cancún', 'Tijuana', 'Ho Chi Minh', 'UTC'],
  );
  assert.equal(placeOf('America/Mexico_City', 'en'), 'Mexico City');
  assert.equal(placeOf('America/Cancun', 'en'), 'Cancún');
});
