/** Statements over the tables of a person's database. */
import { statementsOf } from '../sqlite/statement.ts';
import type { UserSchema } from './schema.ts';

/** See {@link statementsOf}. */
export const statement = statementsOf<UserSchema>();
