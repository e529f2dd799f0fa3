// Text without what nobody sees in it, such as what a paste brings along: one rule for pages and elements. The Worker's own is
// src/value/characters.rs; it keeps joiners and fillers, which only names of people need.

/** Format characters and variation selectors: Default_Ignorable_Code_Point, and the interlinear annotations. */
const invisible = /[\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB]/gu;
const directionControl = /\p{Bidi_Control}/u;

/** Returns the text without invisible characters, trimmed. */
export const visible = (text) => text.replace(invisible, '').trim();

/** Returns the same with the controls of reading direction left in: digits beside them may be shown in another order than they have. */
export const visibleInOrder = (text) => text.replace(invisible, (found) => (directionControl.test(found) ? found : '')).trim();
