// Chooses the state of the address by its postal code.
import { mark } from '/lib/fields.js';
import { stateOfZip } from './zip-state.js';

/**
 * Chooses the state once a postal code is typed, unless the payer chose another one than the last code's. `onChoose` is called with the
 * state's name.
 */
export function chooseStateByZip({ zip, state, onChoose }) {
  let before = stateOfZip(zip.value);
  zip.addEventListener('input', () => {
    const next = stateOfZip(zip.value);
    if (!next) return;
    const isFree = state.value === '' || state.value === before;
    before = next;
    if (!isFree || state.value === next) return;
    state.value = next;
    mark(state);
    onChoose(state.selectedOptions[0].textContent);
  });
}
