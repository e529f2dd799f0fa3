// Compares two sides in rounds, so that what else the machine does meets both; the medians count.

/** @typedef {import('./sides.mjs').Side} Side */
/** @typedef {{ mine: number, other: number }} Round microseconds of processor time for one request */

/**
 * Measures one round. Each side is to be the first as often as the other.
 *
 * @param {{ ours: Side, byHand: Side }} sides @param {number} first 0 for ours @param {(side: Side) => Promise<number>} measure
 * @returns {Promise<Round>}
 */
export async function ofBoth({ ours, byHand }, first, measure) {
  if (first === 0) {
    const mine = await measure(ours);
    return { mine, other: await measure(byHand) };
  }
  const other = await measure(byHand);
  return { mine: await measure(ours), other };
}

/** Prints the rounds and their medians. @param {string} route @param {Round[]} rounds an odd number @param {number} budget the highest ratio @returns {string[]} what is over budget */
export function report(route, rounds, budget) {
  rounds.forEach(({ mine, other }, at) => console.log(`  round ${at + 1}: ${described(mine, other, mine / other)}`));
  const [mine, other] = [median(rounds.map((round) => round.mine)), median(rounds.map((round) => round.other))];
  const ratio = median(rounds.map((round) => round.mine / round.other));
  const line = `${route}: ${described(mine, other, ratio)} of ${budget}`;
  console.log(`  medians: ${line}`);
  return ratio > budget ? [line] : [];
}

/** @param {number} mine @param {number} other @param {number} ratio */
const described = (mine, other, ratio) => `Worker ${mine.toFixed(0)} µs, by hand ${other.toFixed(0)} µs, ratio ${ratio.toFixed(2)}`;

/** @param {number[]} values an odd number of them @returns {number} */
const median = (values) => values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)];
