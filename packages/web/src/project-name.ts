/** What a project is called where it is shown: by its name, its folder, or its source where only a number is known. Pure. */
import type { SourceName } from '@vivim/contract/conversation-words';
import { strings } from './strings.ts';

interface Project {
  readonly name: string | null;
  readonly externalId: string;
  readonly source: SourceName;
}

/** What ChatGPT calls its projects among themselves: nobody has ever read that. */
const numbered = /^g-p-(?<number>[\da-f]{8,})/;

export function projectName({ name, externalId, source }: Project): string {
  if (name !== null) return name;
  const number = numbered.exec(externalId)?.groups?.number;
  return number === undefined ? externalId : strings.unnamedProject(strings.sources[source], number.slice(-4));
}
