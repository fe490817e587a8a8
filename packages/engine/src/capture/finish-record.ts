/** What is written of a conversation once it was read, merged and looked through: its rows, its units, its documents. Pure. */
import type { ConversationId } from '@vivim/contract/ids';
import type { AcuDraft } from '../space/acu-draft.ts';
import type { Marks } from '../space/marks.ts';
import type { ConversationInput } from '../space/stores/conversation-input.ts';
import { type ArtifactVersion, artifactVersions, withLatestArtifacts } from './artifacts/artifact-versions.ts';
import { conversationInput, messageIdsIn } from './conversation-input.ts';
import { conversationUnits } from './conversation-units.ts';
import { type Guarded, guardSecrets, maskText, type SecretPlace } from './secrets/guard-secrets.ts';
import { withhold } from './withhold.ts';

export interface Finished {
  readonly input: ConversationInput;
  readonly units: ReadonlyMap<number, readonly AcuDraft[]>;
  readonly artifacts: readonly ArtifactVersion[];
  /** Secrets that stand in it. */
  readonly secrets: readonly SecretPlace[];
}

/**
 * What is written of a conversation once everything that is not to be stored is out of it. What a document ends with is made of
 * several messages: what was erased of it, or is secret, is taken out once more. Merging may learn the account; the id stays.
 */
export function finished(
  guarded: Guarded,
  id: ConversationId,
  marks: Marks,
  isMasked: (secret: string) => boolean,
): Finished {
  const ended = withhold(withLatestArtifacts(guarded.conversation), messageIdsIn([id]), marks).conversation;
  // Most have no document to be added: what was looked through is not looked through again.
  const seen = guarded.masked === 0 && ended === guarded.conversation;
  const { conversation: whole, places } = seen ? guarded : guardSecrets(ended, isMasked);
  const input = { ...conversationInput(whole), id };
  // A change may complete in a document what no part says whole.
  const artifacts = artifactVersions(whole.messages).map((one) => ({ ...one, text: maskText(one.text, isMasked) }));
  return { input, units: conversationUnits(input), secrets: places, artifacts };
}
