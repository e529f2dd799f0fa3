/** Alarms fire from the start. */
export const held = false;
