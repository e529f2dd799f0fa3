// The payer's data, as Compago requires it.
import { element } from '/lib/dom.js';
import { field, group, localized } from './field.js';
import { states } from './states.js';

const of = (name) => `/billingInformation/${name}`;

/** Returns the fields for the payer's name and contact, under `legend`. */
export const payerFields = (legend = 'fields.payer') =>
  group(
    legend,
    field({ id: 'email', pointer: of('email'), label: 'fields.email', kind: 'email' }),
    field({ id: 'phone', pointer: of('phoneNumber'), label: 'fields.phone', hint: 'fields.phoneHint', kind: 'phone' }),
    field({ id: 'firstName', pointer: of('firstName'), label: 'fields.firstName', kind: 'name' }),
    field({ id: 'lastName', pointer: of('lastName'), label: 'fields.lastName', kind: 'name' }),
  );

/** Returns the fields of the payer's address. */
export const addressFields = () =>
  group(
    'fields.address',
    field({ id: 'street', pointer: of('address/addressLine'), label: 'fields.street', wide: true }),
    field({ id: 'zip', pointer: of('address/zip'), label: 'fields.zip', kind: 'digits' }),
    field({ id: 'city', pointer: of('address/city'), label: 'fields.city' }),
    field({ id: 'state', pointer: of('address/state'), label: 'fields.state', wide: true }, stateChoice()),
  );

const stateChoice = () =>
  element(
    'select',
    {},
    localized('option', 'fields.chooseState', { value: '' }),
    ...states.map(([code, name]) => new Option(name, code)),
  );
