import type { JSX as Solid } from 'solid-js';
import type {
  CompagoCart,
  CompagoCartAttributes,
  CompagoElementEventMap,
  CompagoOrder,
  CompagoOrderAttributes,
  CompagoPay,
  CompagoPayAttributes,
} from './elements.js';

type Props<Attributes, Element> = Attributes & Solid.HTMLAttributes<Element>;

declare module 'solid-js' {
  namespace JSX {
    /** For `on:compago-created` and the others. */
    interface CustomEvents extends CompagoElementEventMap {}
    interface IntrinsicElements {
      'compago-pay': Props<CompagoPayAttributes, CompagoPay>;
      'compago-cart': Props<CompagoCartAttributes, CompagoCart>;
      'compago-order': Props<CompagoOrderAttributes, CompagoOrder>;
    }
  }
}

export {};
