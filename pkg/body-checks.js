// Checks of bodies before they are sent: known once the wasm is loaded, and never a reason to load it.

let known;

/** From now on clients check what they send with `check(body, options)`. */
export const checkBodiesWith = (check) => {
  known = check;
};

/** All that is wrong with a body, as far as that is known. */
export const problemsOf = (body, options) => known?.(body, options) ?? [];
