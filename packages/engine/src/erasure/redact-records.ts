/**
 * Takes what was erased out of the records a conversation was read from. A record is somebody else's format, in which words
 * stand where we do not look; so what is left is kept in our own.
 */
import type { ConversationId } from '@vivim/contract/ids';
import { noContext } from '../capture/canonical.ts';
import { conversationIdOf, messageIdsIn } from '../capture/conversation-input.ts';
import { readKept } from '../capture/prepare-record.ts';
import { canonicalRecord, plainRecord } from '../capture/record-bytes.ts';
import { redactNames } from '../capture/redact-names.ts';
import { mapValue } from '../capture/redact-part.ts';
import { withhold } from '../capture/withhold.ts';
import type { Marks } from '../space/marks.ts';
import type { SpaceWriter } from '../space/transactors.ts';

/** @returns how many records were written again */
export function redactRecords(w: SpaceWriter, pk: number, marks: Marks): number {
  const written = w.eraseRows.written(pk);
  if (written === null) return 0;
  const { id, source, accountHash } = written;
  const always = marks.any('message') || marks.any('acu') || marks.any('secret');
  let rewritten = 0;
  for (const version of w.rawRecords.versionsOf({ source, externalKey: id })) {
    if (!always && !namesStandIn(plainRecord(version.bytesZstd), marks)) continue;
    const conversation = readKept({ source, externalKey: id }, version, { ...noContext, accountHash });
    if (conversation === null) {
      w.rawRecords.remove(version.pk);
    } else {
      const ids = [...new Set<ConversationId>([id, conversationIdOf(conversation)])];
      const left = withhold(conversation, messageIdsIn(ids), marks).conversation;
      const { size, zstd } = canonicalRecord(left);
      w.rawRecords.rewrite(version, { size, bytesZstd: zstd });
    }
    rewritten += 1;
  }
  return rewritten;
}

/** Whether an erased name stands in a record: in a string of its JSON, line by line, or in plain text. */
function namesStandIn(text: string, marks: Marks): boolean {
  const names = (value: string): boolean => redactNames(value, marks) !== value;
  const inJson = (json: string): boolean | null => {
    let found = false;
    try {
      mapValue(JSON.parse(json), (value) => {
        found ||= names(value);
        return value;
      });
    } catch {
      return null;
    }
    return found;
  };
  return inJson(text) ?? text.split('\n').some((line) => inJson(line) ?? names(line));
}
