/** A text of an export as memories: the statements of it, each with the name of the text it stands in. Pure. */
import type { MemoryKind } from '@vivim/contract/memory';
import type { KeptMemory } from '../kept.ts';
import { statementsIn } from '../statements.ts';
import { asText } from './json-value.ts';

export interface OfText {
  readonly field: string;
  readonly kind: MemoryKind;
  readonly what: string;
  readonly project?: string | null;
}

/** Nothing where the value is no text. */
export const memoriesOf = (value: unknown, { field, kind, what, project = null }: OfText): KeptMemory[] =>
  statementsIn(asText(value) ?? '').map((statement) => ({ ...statement, kind, what, project, field }));
