/** What the content of a message of ChatGPT is read with: who wrote it, to whom, and where it stands. A type alone. */
import type { AuthorKind } from '@vivim/contract/conversation';
import type { JsonRecord } from './json-value.ts';

export interface ContentContext {
  readonly authorKind: AuthorKind;
  readonly authorName: string | null;
  /** The tool it is addressed to, or null when everybody is. */
  readonly recipient: string | null;
  /** What the message it answers says, as far as that is text. */
  readonly asked: string;
  readonly metadata: JsonRecord;
  readonly assetIds: ReadonlySet<string>;
  /** Where it stands: ids as the export has them, '' for none. */
  readonly place: { readonly conversation: string; readonly message: string };
}
