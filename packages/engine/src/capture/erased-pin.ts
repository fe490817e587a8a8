/** Whether a pin names something that was erased: by the marks of that, which is all that is known of it. Pure. */
import type { PinKind } from '@vivim/contract/pin';
import type { Marks } from '../space/marks.ts';

export const pinsErased = ({ kind, key }: { readonly kind: PinKind; readonly key: string }, marks: Marks): boolean =>
  marks.has(kind === 'unit' ? 'acu' : 'memory', key);
