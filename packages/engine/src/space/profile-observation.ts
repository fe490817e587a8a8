/**
 * What one conversation says of one topic or entity: values that add up. All figures are integers, so that what was
 * added can be taken back exactly and the order of conversations does not matter.
 */

/**
 * How strongly a conversation speaks for something of a key:
 *
 * | kind     | value                                                                      |
 * |----------|----------------------------------------------------------------------------|
 * | `name`   | a way it is written                                                        |
 * | `type`   | what sort of thing it seems to be                                          |
 * | `same`   | the key it is said to be short for: "RAG" of "retrieval augmented generation" |
 * | `called` | a shorter key the same one is called by here: "emma" of "emma watson"      |
 * | `role`   | what it is to the person: "my daughter" of "emma"                          |
 */
export type Form = readonly [kind: FormKind, value: string, weight: number];
export type FormKind = 'name' | 'type' | 'same' | 'called' | 'role';

export interface ProfileObservation {
  /** Under which observations of different conversations are of the same thing. */
  readonly key: string;
  readonly forms: readonly Form[];
  /** Whether the conversation's title names it. */
  readonly titled: boolean;
  /** How much the conversation is about it. */
  readonly strength: number;
  /** `[message, unit, …]`: places in the conversation, counted from 0, in order. */
  readonly said: readonly number[];
  /** Time of its first and last mention, ms UTC; null where no time is known. */
  readonly firstMs: number | null;
  readonly lastMs: number | null;
  /** The units that mention it. */
  readonly units: readonly { readonly acuPk: number; readonly weight: number }[];
}
