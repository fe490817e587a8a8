/** The wire shape of every refusal (RFC 9457): how an error is told, and read. */
import { z } from 'zod';
import { AppError, errorCodes, errorStatus, errorTitles } from './errors.ts';

/** RFC 9457 problem details, the body of every error answer (`application/problem+json`). */
export const Problem = z.strictObject({
  /** A URI for the code. */
  type: z.string(),

  /** What the code means, in a few words. */
  title: z.string(),

  /** The HTTP status, once more. */
  status: z.int(),
  code: z.enum(errorCodes),
  detail: z.string().optional(),

  /** Tell it to your operator: it finds the line in the log. */
  traceId: z.string().optional(),
  /** Where in the request: a dotted path of the body, or the name of a parameter. */
  field: z.string().optional(),
});
export type Problem = z.infer<typeof Problem>;

/**
 * The wire shape of an error. Anything that is not an {@link AppError} becomes `internal` without its message.
 * `not_found` carries no detail, so that a foreign id and an unknown one answer with the same bytes.
 */
export function toProblem(error: unknown, traceId?: string): Problem {
  const known = error instanceof AppError ? error : new AppError('internal');
  const silent = known.code === 'not_found' || known.code === 'internal';
  const title = errorTitles[known.code];
  return {
    type: `https://vivim.dev/problems/${known.code}`,
    title,
    status: errorStatus[known.code],
    code: known.code,
    ...(silent || known.message === title ? {} : { detail: known.message }),
    ...(known.field === undefined ? {} : { field: known.field }),
    ...(traceId === undefined || known.code === 'not_found' ? {} : { traceId }),
  };
}
