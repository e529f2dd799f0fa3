import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type {
  CompagoCart,
  CompagoCartAttributes,
  CompagoElementEventMap,
  CompagoOrder,
  CompagoOrderAttributes,
  CompagoPay,
  CompagoPayAttributes,
} from './elements.js';

/** As React 19 listens to custom elements: `oncompago-created` and the others. */
type Listeners = { [Name in keyof CompagoElementEventMap as `on${Name}`]?: ((event: CompagoElementEventMap[Name]) => void) | undefined };
type Props<Attributes, Element> = Attributes & Listeners & DetailedHTMLProps<HTMLAttributes<Element>, Element>;

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'compago-pay': Props<CompagoPayAttributes, CompagoPay>;
      'compago-cart': Props<CompagoCartAttributes, CompagoCart>;
      'compago-order': Props<CompagoOrderAttributes, CompagoOrder>;
    }
  }
}

export {};
