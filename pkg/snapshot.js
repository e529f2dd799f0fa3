// What is checked is what would be sent.

/**
 * A value as JSON carries it, whatever becomes of the value later. What JSON cannot write, such as an object that contains
 * itself, is a TypeError here as it would be at the sending.
 */
export const snapshot = (value) => JSON.parse(JSON.stringify(value) ?? 'null');
