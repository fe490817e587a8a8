/** Whether an exclusion speaks of something that was erased: by the marks of that, which is all that is known of it. Pure. */
import type { ExclusionKind } from '@vivim/contract/exclusion';
import type { Marks } from '../space/marks.ts';
import { redactNames } from './redact-names.ts';

/** @param idOf of the profile a key names */
export function excludesErased(
  { kind, key }: { readonly kind: ExclusionKind; readonly key: string },
  marks: Marks,
  idOf: (kind: 'topic' | 'entity', key: string) => string,
): boolean {
  switch (kind) {
    case 'topic':
    case 'entity':
      return marks.has(kind, idOf(kind, key)) || redactNames(key, marks) !== key;
    case 'conversation':
    case 'message':
      return marks.has(kind, key);
    case 'unit':
      return marks.has('acu', key);
    case 'project':
    case 'source':
      return false;
  }
}
