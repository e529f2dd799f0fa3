// ESLint rule: no API in a page's script that a supported browser lacks, unless its absence is handled where it is used.
// It identifies globals, constructors, static members and events exactly. It does not know the type of an object, so a member
// is refused if no API of that name is in all supported browsers.
import { data, isFeature, isThere, lacking } from './support.mjs';

/** @typedef {import('./support.mjs').Identifier} Identifier */
/** @typedef {import('estree').Node & { parent: any }} Node */

const apis = { ...data.api, ...data.javascript.builtins };

/** The interfaces of objects that are known by their names. */
const wellKnown = {
  caches: 'CacheStorage',
  crypto: 'Crypto',
  customElements: 'CustomElementRegistry',
  document: 'Document',
  history: 'History',
  localStorage: 'Storage',
  location: 'Location',
  navigator: 'Navigator',
  performance: 'Performance',
  sessionStorage: 'Storage',
};

/** The interfaces that objects of such names have in our code. @type {Record<string, Identifier>} */
const conventions = { signal: data.api.AbortSignal, event: data.api.Event, response: data.api.Response };

/** The names under which scripts know the global object. */
const globalNames = ['globalThis', 'self', 'window'];

/** All features of each name, whatever they belong to. @type {Map<string, Identifier[]>} */
const byName = new Map();
for (const [owner, api] of Object.entries(apis)) collect(api, owner);

/** @param {Identifier} api @param {string} owner */
function collect(api, owner) {
  for (const key of Object.keys(api).filter(isFeature)) {
    if (key === owner) continue;
    const name = key.replace(/_static$/, '');
    byName.set(name, [...(byName.get(name) ?? []), api[key]]);
    // `Intl.NumberFormat` has members of its own.
    if (/^[A-Z]/.test(key)) collect(api[key], key);
  }
}

/** @type {import('eslint').Rule.RuleModule} */
export const browserApi = {
  meta: {
    type: 'problem',
    // `own`: names of the project's own members that APIs have as well, `ownFields`: of
    // those that are not called; `assigning`: functions whose second argument holds
    // properties of an element, and which take care of the ARIA ones.
    schema: [{ type: 'object', properties: { own: { type: 'array' }, ownFields: { type: 'array' }, assigning: { type: 'array' } }, additionalProperties: false }],
    messages: { lacking: '{{ name }} is missing in {{ browsers }}. Guard it with `?.`, `typeof` or `in` on this line, or do without.' },
  },
  create(context) {
    const { sourceCode } = context;
    const { own = [], ownFields = [], assigning = [] } = context.options[0] ?? {};

    /** Uses of an API that do without it. */
    const guarded = new WeakSet();

    /** @param {Node} node @param {string} name @param {Identifier | undefined} feature */
    function check(node, name, feature) {
      const browsers = lacking(feature);
      if (browsers.length === 0) return;
      if (isGuarded(node, name)) return void guarded.add(node);
      context.report({ node, messageId: 'lacking', data: { name, browsers: browsers.join(', ') } });
    }

    /** @param {Node} node @param {string} name as it is written */
    function isGuarded(node, name) {
      const { parent } = node;
      if (parent.optional && (parent.callee === node || parent.object === node)) return true;
      if (/** @type {any} */ (node).optional && guarded.has(/** @type {any} */ (node).object)) return true;
      if (node.type === 'NewExpression' && isTried(node)) return true;
      const last = name.split('.').at(-1);
      const line = sourceCode.lines[(node.loc?.start.line ?? 1) - 1];
      return new RegExp(`\\btypeof [\\w.]*\\b${last}\\b|['"]${last}['"] in\\b`).test(line);
    }

    /** Returns whether a constructor that may throw is inside a `try`. @param {Node} node @returns {boolean} */
    function isTried(node) {
      const { parent } = node;
      if (!parent || /Function/.test(parent.type)) return false;
      return (parent.type === 'TryStatement' && parent.block === node && parent.handler !== null) || isTried(parent);
    }

    /** Whether a name is not one of the file's own. @param {Node} node @param {string} name */
    function isGlobal(node, name) {
      for (let scope = sourceCode.getScope(node); scope; scope = scope.upper) {
        if (scope.set.get(name)?.defs.length) return false;
      }
      return true;
    }

    /** @param {Node} object @returns {string | undefined} the global that an expression is, such as `Intl` in `window.Intl` */
    function globalOf(object) {
      if (object.type === 'Identifier') return isGlobal(object, object.name) ? object.name : undefined;
      if (object.type !== 'MemberExpression' || object.computed) return undefined;
      const owner = globalOf(object.object);
      return owner && globalNames.includes(owner) ? object.property.name : undefined;
    }

    return {
      /** @param {any} program */
      Program(program) {
        const [global] = sourceCode.scopeManager?.scopes ?? [];
        const open = [...(global?.through ?? []), ...(global?.variables.filter(({ defs }) => defs.length === 0).flatMap(({ references }) => references) ?? [])];
        for (const { identifier } of open) {
          const node = /** @type {any} */ (identifier);
          if (node.parent !== program) check(node, node.name, apis[node.name] ?? data.api.Window[node.name]);
        }
      },
      /** @param {any} node */
      NewExpression(node) {
        const name = globalOf(node.callee);
        if (name) check(node, `new ${name}`, apis[name]?.[name]);
      },
      // Once what it is a member of is known: `a?.b` needs no guard where `a` is missing.
      /** @param {any} node */
      'MemberExpression:exit'(node) {
        const member = node.computed ? node.property.value : node.property.name;
        if (typeof member !== 'string' || node.property.type === 'PrivateIdentifier') return;
        const owner = globalOf(node.object);
        if (owner && globalNames.includes(owner)) return check(node, `${owner}.${member}`, apis[member] ?? data.api.Window[member]);
        const known = owner && apis[wellKnown[/** @type {keyof typeof wellKnown} */ (owner)] ?? owner];
        const exact = known && (known[`${member}_static`] ?? known[member]);
        if (exact) return check(node, `${owner}.${member}`, exact);
        const conventional = conventions[(node.object.property ?? node.object).name]?.[member];
        if (conventional) return check(node, member, conventional);
        if (own.includes(member) || (ownFields.includes(member) && node.parent.callee !== node)) return;
        checkName(node, member);
      },
      /** @param {any} node */
      CallExpression({ callee, arguments: [first, second] }) {
        const called = (callee.property ?? callee).name;
        if (called === 'addEventListener' && typeof first?.value === 'string') checkName(first, `${first.value}_event`);
        if (!assigning.includes(called) || second?.type !== 'ObjectExpression') return;
        for (const { key } of second.properties) if (key && !/^aria|^role$/.test(key.name)) checkName(key, key.name);
      },
    };

    /** Checks a name that may belong to several APIs. @param {any} node @param {string} name */
    function checkName(node, name) {
      const features = byName.get(name) ?? [];
      if (!features.some(isThere)) check(node, name, features[0]);
    }
  },
};
