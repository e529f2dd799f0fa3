// What a body must be, by the Worker's own rules.
import { checkBodiesWith } from './body-checks.js';
import { snapshot } from './snapshot.js';

export function checksOf(engine) {
  const byLanguage = new Map();
  const speaking = (named) => {
    const { Checks } = engine.offer;
    // A server may hand in what its visitors ask for: only what is spoken is kept.
    const language = named === 'en' ? named : 'es-MX';
    if (!byLanguage.has(language)) byLanguage.set(language, new Checks(language));
    return byLanguage.get(language);
  };
  const check = (body, { kind = 'order', language } = {}) => speaking(language).check(kind, snapshot(body));
  return {
    /** Loads the wasm, once; the clients check with it from then on. */
    load: (source) => engine.load(source).then(() => checkBodiesWith(check)),
    /** All that is wrong with the body of an order, or of another kind. */
    check,
    /** What is wrong with one field of it, by its pointer; undefined if nothing is. */
    checkField: (pointer, value, { kind = 'order', language } = {}) => speaking(language).checkField(kind, pointer, snapshot(value)),
    /** The 32 states in the order of their names. */
    states: () => engine.offer.Checks.states(),
    /** What the input elements of `billingInformation` need. */
    billingFields: () => engine.offer.Checks.billingFields(),
  };
}
