/**
 * Schemas of tools as they are listed. Every client puts them before a model with each question, so they say what a model needs and
 * no more. Never checks what a tool is given: the tool does, whose refusals have codes and plain words.
 */
import type { StandardSchemaWithJSON } from '@modelcontextprotocol/server';
import type { z } from 'zod';

/** What a tool takes: lets everything pass. */
export const listedInput = (schema: z.ZodObject): StandardSchemaWithJSON => ({
  '~standard': { ...schema['~standard'], validate: (value) => ({ value }), jsonSchema: listed(schema) },
});

/** What a tool gives. */
export const listedOutput = (schema: z.ZodObject): StandardSchemaWithJSON => ({
  '~standard': { ...schema['~standard'], jsonSchema: listed(schema) },
});

function listed(schema: z.ZodObject): StandardSchemaWithJSON['~standard']['jsonSchema'] {
  const { jsonSchema } = schema['~standard'];
  return {
    input: (options) => shortenedMembers(jsonSchema.input(options)),
    output: (options) => shortenedMembers(jsonSchema.output(options)),
  };
}

/** Without the patterns of what has a format, which say a day in six hundred letters, and without limits no number reaches. */
function shortenedMembers(said: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const named = typeof said.format === 'string';
  return Object.fromEntries(
    Object.entries(said)
      .filter(([key, value]) => !(named && key === 'pattern' && typeof value === 'string') && !isNoLimit(key, value))
      .map(([key, value]) => [key, shortened(value)]),
  );
}

function shortened(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shortened);
  return isMembers(value) ? shortenedMembers(value) : value;
}

const isMembers = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const isNoLimit = (key: string, value: unknown): boolean =>
  (key === 'maximum' && value === Number.MAX_SAFE_INTEGER) || (key === 'minimum' && value === Number.MIN_SAFE_INTEGER);
