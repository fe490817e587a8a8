/** What a mutant is: the project with one promise of isolation broken, in a few lines, and the tests that must notice. */

export interface Edit {
  /** Path from the root of the project. */
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly find: string;
  readonly replace: string;
}

export interface Mutant {
  /** kebab-case; what `--only` names. */
  readonly name: string;
  /** The promise that no longer holds. */
  readonly breaks: string;
  readonly edits: readonly Edit[];
  /** Test files, in the order they are tried; one has to fail. */
  readonly killedBy: readonly string[];
}

export const noninterference = 'test/isolation/noninterference.test.ts';
export const negative = 'test/api/negative/negative.test.ts';

/** The text of a file with an edit made. @throws Error when what is to be replaced does not stand there exactly once */
export function edited(text: string, { file, find, replace }: Edit): string {
  const times = text.split(find).length - 1;
  if (times !== 1) throw new Error(`in ${file} this stands ${times} times, not once:\n${find}`);
  return text.replace(find, () => replace);
}
