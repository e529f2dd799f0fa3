// Amounts by the catalog, in centavos, for display: the Worker computes the amount that is charged.

/** Returns the centavos of a decimal amount, exactly. */
export function centavos(amount) {
  const [pesos, cents = ''] = String(amount).split('.');
  return Number(pesos) * 100 + Number(cents.padEnd(2, '0'));
}

export const isSoldOut = ({ available }) => available === false;
