/** What a service answered, in one shape whatever it speaks and whether it streamed. Reads nothing itself. */
import { asName, asRecord, type JsonRecord } from '../sources/json-value.ts';
import type { WireTurn } from './wire-turns.ts';

export interface LiveAnswer {
  /** As a client would send them back in its next request. More than one where several were asked for. */
  readonly turns: readonly WireTurn[];
  readonly model: string | null;
  /** Why it ended, in the service's word. */
  readonly finish: string | null;
  readonly usage: JsonRecord | null;
  /** The service's id of the answer. */
  readonly id: string | null;
  /** Whether the end of it came. */
  readonly complete: boolean;
  /** What the service said was wrong. */
  readonly fault: { readonly message: string; readonly body: JsonRecord } | null;
}

export const noAnswer: LiveAnswer = {
  turns: [],
  model: null,
  finish: null,
  usage: null,
  id: null,
  complete: false,
  fault: null,
};

/** `{error: {message}}`, `{error: "…"}`, `{message}`: how services say that something was wrong. */
export function faultIn(body: JsonRecord): LiveAnswer['fault'] {
  const error = asRecord(body.error);
  const message = asName(error?.message) ?? asName(body.error) ?? asName(body.message) ?? asName(body.detail);
  return { message: message ?? 'The service answered with an error that says nothing.', body };
}
