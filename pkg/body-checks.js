// Validates bodies before they are sent, once the wasm is loaded. Does not load it.

let known;

/** Makes clients validate what they send with `check(body, options)`. */
export const checkBodiesWith = (check) => {
  known = check;
};

/** Returns the problems of a body; none while the wasm is not loaded. */
export const problemsOf = (body, options) => known?.(body, options) ?? [];
