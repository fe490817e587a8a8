/** What the streams of the API send, by operation: each `data` of one is such an object. A test holds that none is missing. */
import { z } from 'zod';
import { AccountStreamEvent } from '../account.ts';
import { ContextEvent } from '../context-events.ts';
import { SpaceEvent } from '../imports.ts';

export const eventSchemas: Readonly<Record<string, z.ZodType>> = {
  streamAccountEvents: AccountStreamEvent,
  streamContext: ContextEvent,
  streamEvents: SpaceEvent,
  streamImport: SpaceEvent,
};

/** The first kinds of what a stream sends. */
export const firstKinds = (schema: z.ZodType): readonly z.ZodType[] =>
  schema instanceof z.ZodDiscriminatedUnion ? schema.options.slice(0, 2).map((kind) => kind as z.ZodType) : [schema];
