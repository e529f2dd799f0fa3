// A clock that stands still and is moved from one event to the next: an alarm, the end of a timer, or an answer from outside, which
// takes a fixed time. What the Worker does then depends on neither the machine nor its load.

/** How long Compago and the merchant's backend take to answer. */
const OUTSIDE_MS = 300;

/** An object that has had nothing to do for so long is started anew, as the runtime does. */
const IDLE_MS = 10_000;

/** For how many turns of the event loop nothing happens when nothing more is going to happen at this time. */
const QUIET_TURNS = 5;

/** The time, in milliseconds since 1970; while the clock goes on by itself there is none. @type {number | undefined} */
let time;
/** Whatever happened so far, as a number that grows. */
let happened = 0;
/** What was sent to other processes and is not answered yet. */
let outside = 0;
/** What waits for a time. @type {Set<{ at: number }>} */
const waits = new Set();

/** Whether the clock stands still. */
export const isStill = () => time !== undefined;

/** The time at which it stands. The Worker asks for it in all that it does. */
export function stillTime() {
  happened += 1;
  return time;
}

/** When the next wait ends. @returns {number | undefined} */
export const nextWait = () => (waits.size > 0 ? Math.min(...[...waits].map(({ at }) => at)) : undefined);

/** Whether an object that was last used at this time is still in memory. @param {number} usedAt */
export const isInMemory = (usedAt) => time === undefined || time - usedAt <= IDLE_MS;

/** Stops the clock, the timers and the answers from outside. @param {number} at */
export function standStill(at) {
  time = at;
  const { fetch } = globalThis;
  let last = 0;
  /** @type {Map<number, { at: number }>} */
  const timers = new Map();
  Object.assign(globalThis, {
    fetch: async (/** @type {Parameters<typeof fetch>} */ ...sent) => {
      outside += 1;
      const answer = await wholeAnswer(fetch(...sent)).finally(() => (outside -= 1));
      await pass(OUTSIDE_MS);
      return answer;
    },
    setTimeout: (/** @type {() => void} */ ring, /** @type {number} */ ms = 0) => {
      const [id, wait] = [(last += 1), begin(ms)];
      timers.set(id, wait);
      end(wait).then(() => timers.delete(id) && ring());
      return id;
    },
    clearTimeout: (/** @type {number} */ id) => {
      const wait = timers.get(id);
      if (wait && timers.delete(id)) waits.delete(wait);
    },
  });
}

/** Moves the clock. @param {number} at */
export function moveTo(at) {
  time = at;
  for (const wait of waits) {
    if (wait.at <= at) waits.delete(wait);
  }
}

/** Until nothing more happens at this time. All of the Worker is in one thread, so what can go on does so within a turn or two of its loop. */
export async function untilQuiet() {
  for (let [turns, seen] = [0, -1]; turns < QUIET_TURNS;) {
    turns = seen === happened && outside === 0 ? turns + 1 : 0;
    seen = happened;
    await scheduler.wait(1);
  }
}

/** @param {Promise<Response>} answering */
async function wholeAnswer(answering) {
  const answer = await answering;
  const body = await answer.arrayBuffer();
  return new Response(body.byteLength > 0 ? body : null, answer);
}

/** @param {number} ms */
const pass = (ms) => end(begin(ms));

/** @param {number} ms */
function begin(ms) {
  const wait = { at: (time ?? 0) + ms };
  waits.add(wait);
  return wait;
}

/** @param {{ at: number }} wait */
async function end(wait) {
  // The runtime ends a request that waits for nothing but a promise.
  while (waits.has(wait)) await scheduler.wait(1);
  happened += 1;
}
