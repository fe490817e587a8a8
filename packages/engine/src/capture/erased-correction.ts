/** Whether a correction speaks of something that was erased: by the marks of that, which is all that is known of it. Pure. */
import type { CorrectionRow } from '../space/correction-rules.ts';
import type { Marks } from '../space/marks.ts';
import { redactNames } from './redact-names.ts';

/** @param idOf of the profile a key names */
export const namesErased = (
  { kind, action, key, value, name, valueName, of }: Omit<CorrectionRow, 'pk'>,
  marks: Marks,
  idOf: (key: string) => string,
): boolean => {
  const keys = [
    key,
    ...(action === 'merge' || action === 'move' || action === 'apart' ? [value] : []),
    ...(action === 'split' ? of : []),
  ];
  return (
    keys.some((each) => marks.has(kind, idOf(each))) ||
    [key, value, name, valueName, ...of].some((text) => redactNames(text, marks) !== text)
  );
};
