// The form of billing data, whose fields are named by JSON pointers, and its problems.
import { visible } from '../visible-text.js';
import { make } from './element.js';

const states =
  'AGU Aguascalientes|BCN Baja California|BCS Baja California Sur|CAM Campeche|CHP Chiapas|CHH Chihuahua|CDMX Ciudad de México|COA Coahuila|COL Colima|DUR Durango|MEX Estado de México|GUA Guanajuato|GRO Guerrero|HID Hidalgo|JAL Jalisco|MIC Michoacán|MOR Morelos|NAY Nayarit|NLE Nuevo León|OAX Oaxaca|PUE Puebla|QUE Querétaro|ROO Quintana Roo|SLP San Luis Potosí|SIN Sinaloa|SON Sonora|TAB Tabasco|TAM Tamaulipas|TLA Tlaxcala|VER Veracruz|YUC Yucatán|ZAC Zacatecas'.split('|');

/** The fields and the attributes of their inputs. The patterns only save a call: the Worker decides. */
const fields = {
  email: { type: 'email', inputmode: 'email', autocomplete: 'email' },
  phoneNumber: { type: 'tel', inputmode: 'tel', autocomplete: 'tel', pattern: '\\D*(\\d\\D*){10,}' },
  firstName: { autocomplete: 'given-name' },
  lastName: { autocomplete: 'family-name' },
  'address/zip': { inputmode: 'numeric', autocomplete: 'postal-code', pattern: '\\s*\\d{5}\\s*' },
  'address/state': { autocomplete: 'address-level1' },
  'address/city': { autocomplete: 'address-level2' },
  'address/addressLine': { autocomplete: 'street-address' },
};
const names = Object.keys(fields);
const FIRST_OF_ADDRESS = names.indexOf('address/zip');
/** Fields in which invisible characters would count as errors. The Worker removes them from all fields. */
const codes = ['email', 'phoneNumber', 'address/zip'];
const idOf = (name) => name.replace('/', '-');
const pointerOf = (name) => `/billingInformation/${name}`;

/**
 * Returns the parts of the form for `host`, which has the words: rows with labels, and a summary of problems. `kept` has what was typed before,
 * by the names of the fields; `keep(change)` is called with each change of it.
 */
export function formOf(host, kept, keep) {
  const summary = make('div', { part: 'summary', id: 'summary', role: 'group', tabindex: '-1', 'aria-labelledby': 'summary-title', hidden: true });
  const inputs = new Map(names.map((name) => [name, input(host, name)]));
  const note = make('p', { part: 'note', id: 'address-note' });
  const rows = names.map((name) => {
    const id = idOf(name);
    const label = make('label', { part: 'label', for: id }, host.word(name));
    const error = make('p', { part: 'error', id: `${id}-error`, hidden: true });
    const hint = name === 'phoneNumber' ? [make('p', { part: 'hint', id: `${id}-hint` }, host.word('phoneHint'))] : [];
    return make('div', { part: 'field', class: id }, label, ...hint, inputs.get(name), error);
  });

  let released = Promise.resolve();
  for (const [name, field] of inputs) {
    field.value = kept[name] ?? '';
    const save = () => keep({ [name]: field.value });
    field.addEventListener('input', save);
    // Never while somebody types.
    const look = () => {
      if (codes.includes(name)) field.value = visible(field.value);
      save();
      mark(field, field.validity.valid ? '' : host.word(field.value ? `wrong ${name}` : 'missing'));
    };
    // An error that opens above a pressed button would move it away from under the pointer.
    field.addEventListener('change', () => released.then(look));
  }

  function clear() {
    summary.hidden = true;
    for (const field of inputs.values()) mark(field, '');
  }

  function show(part, title, ...lines) {
    summary.setAttribute('part', part);
    summary.replaceChildren(make('p', { part: 'summary-title', id: 'summary-title' }, title), make('ul', {}, ...lines.map((line) => make('li', {}, line))));
    summary.hidden = false;
    summary.focus();
  }

  return {
    summary,
    contact: rows.slice(0, FIRST_OF_ADDRESS),
    address: [note, ...rows.slice(FIRST_OF_ADDRESS)],
    inputs,
    /** Sets the text above the fields of the address. */
    addressNote: (text) => note.replaceChildren(text),
    /** Returns the `billingInformation` that was typed. */
    typed() {
      const typed = { address: {} };
      for (const [name, { value }] of inputs) {
        const [first, second] = name.split('/');
        if (second) typed.address[second] = value;
        else typed[first] = value;
      }
      return typed;
    },
    clear,
    /** To be called when a pointer is pressed. */
    press() {
      released = new Promise((resolve) => {
        for (const end of ['pointerup', 'pointercancel']) addEventListener(end, () => setTimeout(resolve), { once: true });
      });
    },
    /** Shows each problem at its field, and all in the summary. */
    problems(problems) {
      clear();
      // In the order of the fields, and last what no field causes.
      const nameOf = ({ pointer }) => names.find((name) => pointerOf(name) === pointer);
      const rankOf = (problem) => (nameOf(problem) ? names.indexOf(nameOf(problem)) : names.length);
      const lines = [...problems].sort((one, other) => rankOf(one) - rankOf(other)).map((problem) => {
        const { pointer, code, detail } = problem;
        const name = nameOf(problem);
        const isShipping = pointer.startsWith('/shipping');
        const text = code === 'state-code' ? host.word('wrong address/state') : isShipping ? host.word('methodRefused') : detail;
        const field = isShipping ? host.shadowRoot.querySelector('[type="radio"]:checked') : inputs.get(name);
        if (!field) return text;
        if (name) mark(field, text);
        const toField = (event) => {
          event.preventDefault();
          field.focus();
        };
        return make('a', { href: `#${field.id}`, onclick: toField }, text);
      });
      show('summary', host.word(lines.length === 1 ? 'problem' : 'problems', { count: lines.length }), ...lines);
    },
    /** Shows a failure that no field causes. */
    trouble: (...lines) => show('summary', host.word('trouble'), ...lines),
    /** Shows what is no failure. */
    notice: (...lines) => show('summary notice', ...lines),
  };
}

/** The hints of fields that have one. */
const hints = { phoneNumber: 'phoneNumber-hint ', 'address/zip': 'address-note ', 'address/state': 'address-note ' };
const describedBy = (name) => `${hints[name] ?? ''}${idOf(name)}-error`;

function input(host, name) {
  const common = { part: 'input', id: idOf(name), name: idOf(name), required: true, 'aria-describedby': describedBy(name), ...fields[name] };
  if (name !== 'address/state') return make('input', { type: 'text', ...common });
  const options = states.map((state) => {
    const space = state.indexOf(' ');
    return make('option', { value: state.slice(0, space) }, state.slice(space + 1));
  });
  return make('select', common, make('option', { value: '' }, host.word('choose')), ...options);
}

function mark(field, text) {
  const error = field.nextElementSibling;
  error.textContent = text;
  error.hidden = !text;
  if (text) field.setAttribute('aria-invalid', 'true');
  else field.removeAttribute('aria-invalid');
}
