// The Worker's time, from the `Date` headers of its answers, since the device's clock may be wrong. Pure: `ticks` is a monotonic clock in
// milliseconds, such as `performance.now()`.

/** Date headers are rounded down to seconds and leave out the latency: smaller differences are noise. */
const toleranceMs = 1500;

export function serverClock(ticks) {
  /** Undefined before the first answer. */
  let offset;
  return {
    /** Takes the `Date` header of an answer that has just arrived. */
    hear(header) {
      // Rounded up: never more time is shown as left than there is.
      const next = Date.parse(header) + 1000 - ticks();
      if (Number.isNaN(next)) return;
      if (offset === undefined || Math.abs(next - offset) > toleranceMs) offset = next;
    },
    /** Milliseconds since 1970, or undefined. */
    now: () => (offset === undefined ? undefined : offset + ticks()),
  };
}
