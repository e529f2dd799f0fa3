// The state that a postal code belongs to, by its first two digits.

/** The last prefix of each run of one state, in ascending order; a run without a state is not assigned. */
const runs = [
  [0, ''], [16, 'CDMX'], [19, ''], [20, 'AGU'], [22, 'BCN'], [23, 'BCS'], [24, 'CAM'], [27, 'COA'], [28, 'COL'], [30, 'CHP'], [33, 'CHH'],
  [35, 'DUR'], [38, 'GUA'], [41, 'GRO'], [43, 'HID'], [49, 'JAL'], [57, 'MEX'], [61, 'MIC'], [62, 'MOR'], [63, 'NAY'], [67, 'NLE'],
  [71, 'OAX'], [75, 'PUE'], [76, 'QUE'], [77, 'ROO'], [79, 'SLP'], [82, 'SIN'], [85, 'SON'], [86, 'TAB'], [89, 'TAM'], [90, 'TLA'],
  [96, 'VER'], [97, 'YUC'], [99, 'ZAC'],
];

/** Returns the code of the state of a whole postal code, however it is spaced; empty if there is none. */
export function stateOfZip(zip) {
  const digits = zip.replace(/\D/g, '');
  if (digits.length !== 5) return '';
  const prefix = Number(digits.slice(0, 2));
  return runs.find(([last]) => prefix <= last)[1];
}
