// The shop's billing form. Once the wasm is loaded, it is validated by the same rules as in the Worker.
import { byId } from './dom.js';
import { fieldsOf } from './fields.js';
import { word } from './words.js';

const form = byId('checkout');

export const { checkOnLeaving, typed, showProblems, redrawProblems, showTrouble, clearProblems } = fieldsOf(
  form,
  byId('summary'),
  { elsewhere },
);

/** Restores what was typed before from `place`, and stores there what is typed from now on. */
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

/** Describes problems of the cart, and where it is. */
function elsewhere(problems) {
  if (problems.some(({ code }) => code === 'items-empty'))
    return { target: byId('catalog-title'), text: word('cartIsEmpty') };
  if (problems.some(({ pointer }) => pointer.startsWith('/items')))
    return { target: byId('cart-title'), text: word('itemsRefused') };
  return undefined;
}
