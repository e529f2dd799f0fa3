// What was typed into a form that was left: held by the page alone until sign-out, since it is personal.
import { onSignOut } from '../signed-in.js';

const drafts = new Map();
onSignOut(() => drafts.clear());

/** Fills `form` with what was last typed into the one of that name, and keeps what is typed from now on. */
export function keepDraft(form, name) {
  const kept = drafts.get(name) ?? {};
  for (const control of form.elements) {
    if (Object.keys(kept).includes(control.name)) control.value = kept[control.name];
  }
  form.addEventListener('input', () => drafts.set(name, Object.fromEntries(new FormData(form))));
}

export const dropDraft = (name) => drafts.delete(name);
