/** Takes messages, units and names out of the rows of one conversation, and makes its units and words anew. */
import type { MessageId } from '@vivim/contract/ids';
import { randomBytes } from '@vivim/contract/random';
import { artifactVersions, withLatestArtifacts } from '../capture/artifacts/artifact-versions.ts';
import type { CanonicalConversation, CanonicalMessage } from '../capture/canonical.ts';
import { conversationUnits } from '../capture/conversation-units.ts';
import { follow, placed } from '../capture/import-writer.ts';
import { saidIn } from '../capture/kept-record.ts';
import { putSaid, slotsOf } from '../capture/kept-writer.ts';
import { guardSecrets } from '../capture/secrets/guard-secrets.ts';
import { withhold } from '../capture/withhold.ts';
import type { Marks } from '../space/marks.ts';
import type { MessageInput } from '../space/stores/conversation-input.ts';
import type { Place } from '../space/stores/message-rows.ts';
import type { WrittenConversation } from '../space/stores/written-conversation.ts';
import type { SpaceWriter } from '../space/transactors.ts';

/** @returns whether anything was taken out, and how many messages stay with words missing */
export function redactConversation(
  w: SpaceWriter,
  pk: number,
  marks: Marks,
  nowMs: number,
): { readonly changed: boolean; readonly redacted: number } {
  const written = w.eraseRows.written(pk);
  const nothing = { changed: false, redacted: 0 };
  if (written === null) return nothing;
  const ids = ({ key }: CanonicalMessage) => [key as MessageId];
  const withheld = withhold(canonicalOf(written), ids, marks);
  if (!withheld.changed) return nothing;
  // What a document ends with may have been made of words that are gone: it is made anew of what is left.
  const ended = withhold(withLatestArtifacts(withheld.conversation), ids, marks).conversation;
  const remade = new Set(
    ended.messages.flatMap((message, ix) =>
      sameParts(message, withheld.conversation.messages[ix]) ? [] : [message.key],
    ),
  );
  const { redacted } = withheld;
  const conversation = ended;
  const rows = new Map(written.messages.map((message) => [message.id as string, message]));
  const pkOf = (key: string | null): number | null => (key === null ? null : (rows.get(key)?.pk ?? null));
  const messages = inputsOf(conversation.messages);
  const left = new Set(conversation.messages.map(({ key }) => key));
  const gone = written.messages.filter(({ id }) => !left.has(id)).map((message) => message.pk);
  const moved = new Map<number, Place>();
  const changed = new Map<number, MessageInput>();
  conversation.messages.forEach((message, ix) => {
    const row = rows.get(message.key);
    const input = messages[ix];
    if (row === undefined || input === undefined) return;
    if (row.parentId !== message.parentKey || row.siblingIx !== message.siblingIx) {
      moved.set(row.pk, {
        parentPk: pkOf(message.parentKey),
        siblingIx: message.siblingIx,
        seq: row.seq,
        onActivePath: row.onActivePath ? 1 : 0,
      });
    }
    if (redacted.has(message.key) || remade.has(message.key)) changed.set(row.pk, input);
  });
  // What was said of it is taken back at once; what is left is observed again in the background.
  w.topics.replaceForConversation(pk, []);
  w.entities.replaceForConversation(pk, []);
  w.acus.replaceForMessages(pk, new Map(gone.map((messagePk) => [messagePk, []])));
  const { title, flags, activeLeafKey } = conversation;
  w.eraseRows.rewrite(pk, { title, flags, activeLeafId: activeLeafKey, gone, moved, changed });
  const units = conversationUnits({ id: written.id, messages });
  const replayed = new Set(w.lineage.replayedIn(pk));
  w.acus.replaceForMessages(
    pk,
    new Map(
      messages.map((message, ix) => {
        const messagePk = pkOf(message.id) as number;
        return [messagePk, replayed.has(messagePk) ? [] : (units.get(ix) ?? [])];
      }),
    ),
  );
  w.artifacts.replace(
    pk,
    artifactVersions(conversation.messages).flatMap((version) => {
      const messagePk = pkOf(version.messageKey);
      return messagePk === null ? [] : [{ ...version, messagePk }];
    }),
  );
  // What is left of its secrets may stand elsewhere in its text now.
  const messagePks = messages.map((message) => pkOf(message.id) as number);
  w.secrets.put(messagePks, placed({ messagePks }, guardSecrets(conversation, () => false).places));
  const { source, accountHash, projectId } = conversation;
  const before = w.erasures.marks();
  const said = saidIn(conversation, { ...marks, has: (...mark) => marks.has(...mark) || before.has(...mark) });
  putSaid(w, { source, accountHash, projectId }, said, messagePks, { isNew: false, nowMs });
  w.memories.settle(slotsOf(said));
  follow(w, [{ pk, id: written.id, source: written.source }], nowMs);
  if (title !== written.title) w.eraseTraces.issuesAbout({ externalId: written.externalId, title: written.title });
  return { changed: true, redacted: redacted.size };
}

const sameParts = (a: CanonicalMessage, b: CanonicalMessage | undefined): boolean =>
  a.parts === b?.parts || JSON.stringify(a.parts) === JSON.stringify(b?.parts);

const canonicalOf = ({ messages, activeLeafId, id, pk: _, ...fields }: WrittenConversation): CanonicalConversation => ({
  ...fields,
  key: id,
  activeLeafKey: activeLeafId,
  branchPoints: 0,
  messages: messages.map(
    ({ id: key, parentId, pk: _pk, seq: _seq, ...message }): CanonicalMessage => ({
      ...message,
      key,
      parentKey: parentId,
    }),
  ),
});

/** Keys are ids here. A message that is written again gets a hash no capture makes. */
function inputsOf(messages: readonly CanonicalMessage[]): MessageInput[] {
  const places = new Map(messages.map(({ key }, ix) => [key, ix]));
  return messages.map(({ key, parentKey, ...message }) => ({
    ...message,
    id: key as MessageId,
    parentIx: parentKey === null ? null : (places.get(parentKey) ?? null),
    contentHash: `erased ${Buffer.from(randomBytes(12)).toString('hex')}`,
  }));
}
