// The networks of cards, by the names that people know.
const names = { VISA: 'Visa', MASTERCARD: 'Mastercard', AMEX: 'American Express' };

/** Returns the name of a `network`; an unknown one as Compago returns it. */
export const networkName = (network) => names[network] ?? network ?? undefined;
