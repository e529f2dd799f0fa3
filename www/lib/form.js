// The shop's billing form. Its checks are the same Rust rules as in the Worker, once their wasm is there.
import { byId } from './dom.js';
import { fieldsOf } from './fields.js';
import { word } from './words.js';

const form = byId('checkout');

export const { checkOnLeaving, typed, showProblems, retellProblems, showTrouble, clearProblems } = fieldsOf(
  form,
  byId('summary'),
  { elsewhere },
);

/** Puts back what was typed before, from `place`, and keeps there what is typed from now on. */
export function keepTyped(place) {
  const kept = place.read() ?? {};
  const fields = [...form.elements].filter(({ name }) => name);
  for (const field of fields) if (typeof kept[field.name] === 'string') field.value = kept[field.name];
  form.addEventListener('input', () => place.write(Object.fromEntries(fields.map(({ name, value }) => [name, value]))));
}

export function clearForm() {
  clearProblems();
  form.reset();
}

/** What is wrong with the cart, and where it is to be seen. */
function elsewhere(problems) {
  if (problems.some(({ code }) => code === 'items-empty'))
    return { target: byId('catalog-title'), text: word('cartIsEmpty') };
  if (problems.some(({ pointer }) => pointer.startsWith('/items')))
    return { target: byId('cart-title'), text: word('itemsRefused') };
  return undefined;
}
