/** The ways in which retrieval finds things. */
import { z } from 'zod';
import { arms } from './arm-names.ts';

export { arms };
export const Arm = z.enum(arms);
export type Arm = z.infer<typeof Arm>;
