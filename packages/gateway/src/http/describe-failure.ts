/**
 * What the operator's log keeps of an error nobody expected: its name, its code and where it happened. Never its message,
 * which may quote a person, a key or a statement's values.
 */

/** Places shown of a stack: where it broke and who called. */
const framesShown = 3;
const frame = /^\s*at (?:([\w.<>$#[\] ]{1,80}) \()?[^()]*?([\w.-]+:\d+:\d+)\)?$/;

export interface Failure {
  readonly name: string;
  readonly code?: string;
  readonly at?: string;
}

export function describeFailure(error: unknown): Failure {
  if (!(error instanceof Error)) return { name: typeof error };
  const { code } = error as { code?: unknown };
  const places = (error.stack ?? '').split('\n').flatMap((line) => {
    const [, inFunction, place] = frame.exec(line) ?? [];
    return place === undefined ? [] : [inFunction === undefined ? place : `${inFunction} ${place}`];
  });
  return {
    name: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    ...(places.length === 0 ? {} : { at: places.slice(0, framesShown).join(' < ') }),
  };
}
