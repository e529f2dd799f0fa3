// ESLint rule: no feature in a style sheet that a supported browser lacks. A declaration in `@supports`, or after another one
// of the same property in its block, has a fallback.
import { data, isThere, lacking } from './support.mjs';

/** @typedef {import('./support.mjs').Identifier} Identifier */

const { 'at-rules': atRules, properties, selectors, types } = data.css;

/** Functions that values are made of, by name. @type {Map<string, Identifier[]>} */
const functions = new Map();
/** @param {Identifier} features */
function collect(features) {
  for (const [name, feature] of Object.entries(features)) {
    if (name.startsWith('__')) continue;
    functions.set(name, [...(functions.get(name) ?? []), feature]);
    collect(feature);
  }
}
collect(types);

/** MDN's names of units that are no feature's own name. @type {[RegExp, string][]} */
const units = [
  [/^d(vh|vw|vi|vb|vmin|vmax)$/, 'viewport_percentage_units_dynamic'],
  [/^s(vh|vw|vi|vb|vmin|vmax)$/, 'viewport_percentage_units_small'],
  [/^l(vh|vw|vi|vb|vmin|vmax)$/, 'viewport_percentage_units_large'],
  [/^cq(w|h|i|b|min|max)$/, 'container_query_length_units'],
];

/** Who writes a browser's own prefix means that browser alone: such names are not looked at. @type {import('eslint').Rule.RuleModule} */
export const browserStyle = {
  meta: {
    type: 'problem',
    // `optional`: properties, rules and media features without which a page is whole, if plainer.
    schema: [{ type: 'object', properties: { optional: { type: 'array' } }, additionalProperties: false }],
    messages: { lacking: '{{ name }} is missing in {{ browsers }}. Put it into @supports, declare a fallback before it, or do without.' },
  },
  create(context) {
    const { sourceCode } = context;
    const { optional = [] } = context.options[0] ?? {};

    /** @param {any} node @param {string} name @param {Identifier | undefined} feature */
    function check(node, name, feature) {
      const browsers = lacking(feature);
      if (browsers.length === 0 || optional.includes(name) || hasFallback(node)) return;
      context.report({ loc: node.loc, messageId: 'lacking', data: { name, browsers: browsers.join(', ') } });
    }

    /** @param {any} node */
    function hasFallback(node) {
      for (let at = node, within = sourceCode.getParent(at); within; at = within, within = sourceCode.getParent(at)) {
        if (within.type === 'Atrule' && within.name === 'supports') return true;
        if (at.type === 'Declaration' && optional.includes(at.property)) return true;
        if (at.type === 'Declaration' && within.type === 'Block' && declaredBefore(within, at)) return true;
      }
      return false;
    }

    /** @param {any} block @param {any} declaration */
    const declaredBefore = ({ children }, declaration) =>
      children.slice(0, children.indexOf(declaration)).some((/** @type {any} */ { property }) => property === declaration.property);

    /** @param {any} node @returns {any} the declaration around it */
    const declarationOf = (node) => (!node || node.type === 'Declaration' ? node : declarationOf(sourceCode.getParent(node)));

    return {
      /** @param {any} node */
      Atrule(node) {
        check(node, `@${node.name}`, atRules[node.name]);
      },
      /** @param {any} node */
      Rule(node) {
        const nests = sourceCode.getParent(sourceCode.getParent(node))?.type === 'Rule';
        if (nests) check(node, 'nesting', selectors.nesting);
      },
      /** @param {any} node */
      Feature(node) {
        check(node, node.name, atRules.media[node.name]);
      },
      /** @param {any} node */
      FeatureRange(node) {
        check(node, 'a range', atRules.media.range_syntax);
      },
      /** @param {any} node */
      PseudoClassSelector(node) {
        if (!node.name.startsWith('-')) check(node, `:${node.name}`, selectors[node.name]);
      },
      /** @param {any} node */
      PseudoElementSelector(node) {
        if (!node.name.startsWith('-')) check(node, `::${node.name}`, selectors[node.name]);
      },
      /** @param {any} node */
      Declaration(node) {
        if (!node.property.startsWith('--')) check(node, node.property, properties[node.property]);
      },
      /** @param {any} node */
      Identifier(node) {
        const declaration = declarationOf(node);
        if (declaration) check(node, node.name, properties[declaration.property]?.[node.name]);
      },
      /** @param {any} node */
      Function(node) {
        const declaration = declarationOf(node);
        if (!declaration) return;
        const features = [properties[declaration.property]?.[node.name], ...(functions.get(node.name) ?? [])].filter(Boolean);
        if (!features.some(isThere)) check(node, node.name, features[0]);
        const isRelative = node.children[0]?.name === 'from';
        if (isRelative) check(node, `a colour from another`, types.color[node.name]?.relative_syntax);
      },
      /** @param {any} node */
      Dimension(node) {
        const name = units.find(([pattern]) => pattern.test(node.unit))?.[1] ?? node.unit;
        check(node, node.unit, types.length[name]);
      },
    };
  },
};
