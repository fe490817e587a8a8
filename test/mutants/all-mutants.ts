/** Every mutant, by the room it breaks. */
import { authMutants } from './auth-mutants.ts';
import { engineMutants } from './engine-mutants.ts';
import { fleetMutants } from './fleet-mutants.ts';
import { masterMutants } from './master-mutants.ts';
import type { Mutant } from './mutant.ts';

export const mutants: readonly Mutant[] = [...fleetMutants, ...engineMutants, ...authMutants, ...masterMutants];
