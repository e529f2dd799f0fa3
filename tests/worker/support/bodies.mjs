/** The default payer of the tests. */
export const payer = {
  email: 'ana@example.com',
  firstName: 'Ana',
  lastName: 'Ruiz',
  phoneNumber: '5512340000',
  address: { addressLine: 'Calle 5 10', city: 'Puebla', state: 'PUE', zip: '72000' },
};

/** A shop's order of two bags of coffee: 378.00 pesos. */
export const cart = {
  items: [{ sku: 'cafe-altos-340', quantity: 2 }],
  billingInformation: payer,
};

/** An operator's order with an amount that is not in the catalog. */
export const invoice = {
  amount: '1250.35',
  description: 'Factura 881',
  billingInformation: payer,
};
