/** The ways in which retrieval finds things. */
import { z } from 'zod';

/**
 * Retrieval arms: the ways in which something is found, each said in the reasons of a hit. `aspects` is meaning too: of the parts of a
 * question by themselves.
 */
export const arms = [
  'words',
  'neighbours',
  'meaning',
  'aspects',
  'speaker',
  'time',
  'recency',
  'entity',
  'standing',
  'answer',
] as const;
export const Arm = z.enum(arms);
export type Arm = z.infer<typeof Arm>;
