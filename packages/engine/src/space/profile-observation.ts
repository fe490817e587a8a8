/**
 * What one conversation says of one topic or entity: values that add up. All figures are integers, so that what was
 * added can be taken back exactly and the order of conversations does not matter.
 */

/** How it is written (`name`) or what sort of thing it seems to be (`type`), with how strongly. */
export type Form = readonly [kind: 'name' | 'type', value: string, weight: number];

export interface ProfileObservation {
  /** Under which observations of different conversations are of the same thing. */
  readonly key: string;
  readonly forms: readonly Form[];
  /** Whether the conversation's title names it. */
  readonly titled: boolean;
  /** How much the conversation is about it. */
  readonly strength: number;
  readonly messages: number;
  /** Time of its first and last mention, ms UTC; null where no time is known. */
  readonly firstMs: number | null;
  readonly lastMs: number | null;
  /** The units that mention it. */
  readonly units: readonly { readonly acuPk: number; readonly weight: number }[];
}
