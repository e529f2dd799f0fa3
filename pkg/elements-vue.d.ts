import type { HTMLAttributes, ReservedProps } from 'vue';
import type {
  CompagoCartAttributes,
  CompagoElementEventMap,
  CompagoOrderAttributes,
  CompagoPayAttributes,
} from './elements.js';

/** As templates listen: `@compago-created` is `onCompagoCreated`. */
type Listeners = {
  [Name in keyof CompagoElementEventMap as Name extends `compago-${infer Rest}` ? `onCompago${Capitalize<Rest>}` : never]?:
    | ((event: CompagoElementEventMap[Name]) => void)
    | undefined;
};
type Props<Attributes> = Attributes & Listeners & HTMLAttributes;
type InTemplates<Attributes> = new () => { $props: Props<Attributes> & ReservedProps };

declare module 'vue' {
  interface GlobalComponents {
    'compago-pay': InTemplates<CompagoPayAttributes>;
    'compago-cart': InTemplates<CompagoCartAttributes>;
    'compago-order': InTemplates<CompagoOrderAttributes>;
  }
  interface IntrinsicElementAttributes {
    'compago-pay': Props<CompagoPayAttributes>;
    'compago-cart': Props<CompagoCartAttributes>;
    'compago-order': Props<CompagoOrderAttributes>;
  }
}

export {};
