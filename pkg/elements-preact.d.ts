import type { HTMLAttributes } from 'preact';
import type {
  CompagoCart,
  CompagoCartAttributes,
  CompagoElementEventMap,
  CompagoOrder,
  CompagoOrderAttributes,
  CompagoPay,
  CompagoPayAttributes,
} from './elements.js';

/** As Preact listens to events of any name: `oncompago-created` and the others. */
type Listeners = { [Name in keyof CompagoElementEventMap as `on${Name}`]?: ((event: CompagoElementEventMap[Name]) => void) | undefined };
type Props<Attributes, Element extends EventTarget> = Attributes & Listeners & HTMLAttributes<Element>;

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'compago-pay': Props<CompagoPayAttributes, CompagoPay>;
      'compago-cart': Props<CompagoCartAttributes, CompagoCart>;
      'compago-order': Props<CompagoOrderAttributes, CompagoOrder>;
    }
  }
}

export {};
