// Validates exactly what would be sent.

/**
 * Returns a copy of a value as JSON represents it. Throws a TypeError for what JSON cannot represent, such as a cyclic object, as sending it
 * would.
 */
export const snapshot = (value) => JSON.parse(JSON.stringify(value) ?? 'null');
