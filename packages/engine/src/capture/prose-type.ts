/** The kinds a stretch of prose may be of. A type alone. */
import type { AcuType } from '@vivim/contract/acu';

export type ProseType = Extract<
  AcuType,
  'instruction' | 'preference' | 'personal_fact' | 'decision' | 'question' | 'statement' | 'reference'
>;
