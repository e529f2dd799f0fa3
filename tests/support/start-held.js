/** Alarms wait until the clock is set: what is stored was stored at another time. */
export const held = true;
