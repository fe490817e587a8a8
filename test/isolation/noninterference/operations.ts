/** What the two people may do, as plain values: made at random, printed when something differs, played any number of times. */
import fc from 'fast-check';

/** By weight: how often it comes, of a hundred. */
const weights = {
  import: 6,
  search: 14,
  context: 8,
  list: 13,
  read: 9,
  'read-other': 12,
  meddle: 8,
  account: 12,
  token: 2,
  'sign-in': 2,
  'end-session': 2,
  mcp: 3,
  claim: 1,
  garbage: 2,
  knock: 2,
  'ask-in': 2,
  export: 2,
  evict: 1,
} as const;

export type OperationKind = keyof typeof weights;

export interface Operation {
  readonly kind: OperationKind;
  /** Which text, question, noun or place of its kind. */
  readonly n: number;
  /** How: size of a page, format, key, where a list goes on. */
  readonly m: number;
}

export interface Step {
  readonly who: 'alice' | 'bob';
  readonly operation: Operation;
  /** Of Bob alone: nobody waits for it, so that it runs beside what Alice does next. */
  readonly beside: boolean;
}

const operation: fc.Arbitrary<Operation> = fc.record({
  kind: fc.oneof(
    ...Object.entries(weights).map(([kind, weight]) => ({
      weight,
      arbitrary: fc.constant(kind as OperationKind),
    })),
  ),
  n: fc.nat(59),
  m: fc.nat(23),
});

const step: fc.Arbitrary<Step> = fc.record({
  who: fc.constantFrom('alice', 'bob'),
  operation,
  beside: fc.boolean(),
});

/** Both bring something in before anything else, or half of what follows would ask empty spaces. */
const first = (n: number): Step[] => [
  { who: 'bob', operation: { kind: 'import', n, m: 1 }, beside: false },
  { who: 'alice', operation: { kind: 'import', n: n + 1, m: 2 }, beside: false },
];

/** An interleaving of exactly `length` steps. */
export const interleaving = (length: number): fc.Arbitrary<readonly Step[]> =>
  fc
    .tuple(fc.nat(1), fc.array(step, { minLength: length - 2, maxLength: length - 2 }))
    .map(([n, rest]) => [...first(n), ...rest]);
