// Validates bodies by the Worker's own rules.
import { checkBodiesWith } from './body-checks.js';
import { snapshot } from './snapshot.js';

export function checksOf(engine) {
  const byLanguage = new Map();
  const checksIn = (named) => {
    const { Checks } = engine.exports;
    // A server may pass any language of its visitors: only supported ones are cached.
    const language = named === 'en' ? named : 'es-MX';
    if (!byLanguage.has(language)) byLanguage.set(language, new Checks(language));
    return byLanguage.get(language);
  };
  const check = (body, { kind = 'order', language } = {}) => checksIn(language).check(kind, snapshot(body));
  return {
    /** Loads the wasm, once. From then on clients validate what they send. */
    load: (source) => engine.load(source).then(() => checkBodiesWith(check)),
    /** Returns the problems of the body of an order, or of another kind. */
    check,
    /** Returns the problem of one field, by its pointer, or undefined. */
    checkField: (pointer, value, { kind = 'order', language } = {}) => checksIn(language).checkField(kind, pointer, snapshot(value)),
    /** Returns the 32 states of Mexico, ordered by name. */
    states: () => engine.exports.Checks.states(),
    /** Returns the attributes of the input elements of `billingInformation`. */
    billingFields: () => engine.exports.Checks.billingFields(),
  };
}
