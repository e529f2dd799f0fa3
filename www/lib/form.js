// The shop's billing form. Once the wasm is loaded, it is validated by the same rules as in the Worker.
import { byId } from './dom.js';
import { fieldsOf } from './fields.js';
import { word } from './words.js';

const form = byId('checkout');
/** The optional fields, behind a disclosure. */
const extras = byId('extras');
const fields = fieldsOf(form, byId('summary'), { elsewhere });

export const { checkOnLeaving, typed, redrawProblems, showTrouble, clearProblems } = fields;

/** Shows each problem at its field, and all in a summary that takes the focus. */
export function showProblems(problems) {
  // A link of the summary cannot lead to a field that is closed in.
  if (problems.some(({ pointer }) => pointer.startsWith('/shipping/'))) extras.open = true;
  fields.showProblems(problems);
}

/** Restores what was typed before from `place`, and stores there what is typed from now on. */
export function keepTyped(place) {
  const kept = place.read() ?? {};
  for (const field of namedFields()) if (typeof kept[field.name] === 'string') field.value = kept[field.name];
  extras.open = [...extras.querySelectorAll('input')].some(({ value }) => value);
  // The choice of a shipping method belongs to the form, and stands in the cart.
  document.addEventListener('input', ({ target }) => {
    if (target.form !== form) return;
    const chosen = namedFields().filter(({ type, checked }) => type !== 'radio' || checked);
    place.write({ ...place.read(), ...Object.fromEntries(chosen.map(({ name, value }) => [name, value])) });
  });
}

const namedFields = () => [...form.elements].filter(({ name }) => name);

export function clearForm() {
  clearProblems();
  form.reset();
  extras.open = false;
}

/** Describes problems of the cart, and where it is. */
function elsewhere(problems) {
  const isAbout = (place) => problems.some(({ pointer }) => pointer.startsWith(place));
  if (problems.some(({ code }) => code === 'items-empty'))
    return { target: byId('catalog-title'), text: word('cartIsEmpty') };
  if (problems.some(({ code }) => code === 'sku-sold-out')) return { target: byId('cart-title'), text: word('itemsSoldOut') };
  if (isAbout('/items')) return { target: byId('cart-title'), text: word('itemsRefused') };
  if (isAbout('/shipping')) return { target: byId('delivery-title'), text: word('methodRefused') };
  return undefined;
}
