// The time as the Worker has it, measured from its answers. A device's own clock may be wrong by hours, or be set while a charge runs:
// only durations are taken from the device. Pure: `ticks` counts milliseconds from any moment on, as `performance.now()`.

/** Date headers count whole seconds, rounded down, and tell nothing of the way here: smaller differences are none. */
const toleranceMs = 1500;

export function serverClock(ticks) {
  /** What is added to the ticks; undefined until an answer told the time. */
  let offset;
  return {
    /** Takes the `Date` header of an answer that has just come. */
    hear(header) {
      // Rather a second late than early: no more time is shown as left than there is.
      const told = Date.parse(header) + 1000 - ticks();
      if (Number.isNaN(told)) return;
      if (offset === undefined || Math.abs(told - offset) > toleranceMs) offset = told;
    },
    /** Milliseconds since 1970; undefined while that is not known. */
    now: () => (offset === undefined ? undefined : offset + ticks()),
  };
}
