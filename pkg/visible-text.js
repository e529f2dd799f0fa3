// Removes invisible characters, such as those of a paste: one rule for pages and elements. The Worker's (src/value/characters.rs) keeps
// joiners and fillers, which only names of people need.

/** Format characters and variation selectors: Default_Ignorable_Code_Point, and the interlinear annotations. */
const invisible = /[\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB]/gu;
const directionControl = /\p{Bidi_Control}/u;

/** Returns the text without invisible characters, trimmed. */
export const visible = (text) => text.replace(invisible, '').trim();

/** Returns the same with bidirectional controls, which may change the order in which digits are displayed. */
export const visibleInOrder = (text) => text.replace(invisible, (found) => (directionControl.test(found) ? found : '')).trim();

/** Returns a text for others without bidirectional controls, which may change the order in which they read it. */
export const inOwnOrder = (text) => text.replace(/\p{Bidi_Control}/gu, '');
