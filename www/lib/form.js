// The shop's billing form. Its checks are the same Rust rules as in the Worker, once their wasm is there.
import { byId } from './dom.js';
import { fieldsOf } from './fields.js';
import { word } from './words.js';

export const { checkOnLeaving, typed, showProblems, retellProblems, showTrouble, clearProblems } = fieldsOf(
  byId('checkout'),
  byId('summary'),
  { elsewhere },
);

/** What is wrong with the cart, and where it is to be seen. */
function elsewhere(problems) {
  if (problems.some(({ code }) => code === 'items-empty'))
    return { target: byId('catalog-title'), text: word('cartIsEmpty') };
  if (problems.some(({ pointer }) => pointer.startsWith('/items')))
    return { target: byId('cart-title'), text: word('itemsRefused') };
  return undefined;
}
