/** What must hold for whatever any source makes of anything. */
import assert from 'node:assert/strict';
import type { CanonicalConversation, Reading } from '@vivim/engine/capture/canonical';
import { conversationInput } from '@vivim/engine/capture/conversation-input';

/** Also outside of a test. @throws AssertionError where it does not hold */
export function soundness(reading: Reading): void {
  if (reading.outcome === 'skipped') {
    assert.equal(reading.issue.severity, 'skipped');
    // The answer of last resort, for what a source did not foresee.
    assert.notEqual(reading.issue.code, 'record_unreadable');
    assert.notEqual(reading.issue.detail, '');
    return;
  }
  for (const { code, detail } of reading.issues) assert.ok(code !== '' && detail !== '');
  const { conversation } = reading;
  assert.notEqual(conversation.key, '');
  const seen = new Set<string>();
  for (const message of conversation.messages) {
    assert.equal(seen.has(message.key), false);
    if (message.parentKey !== null) assert.ok(seen.has(message.parentKey));
    seen.add(message.key);
    for (const part of message.parts) {
      for (const words of [part.text, part.json, part.mime, part.language, part.toolName, part.toolCallId]) {
        assert.ok(words === null || words === undefined || words.isWellFormed());
      }
      for (const { start, end } of part.citations ?? []) {
        if (start !== null && end !== null) assert.ok(start <= end && end <= (part.text ?? '').length);
      }
    }
    assert.ok(message.created.ms === null || Math.abs(message.created.ms) <= 8.64e15);
  }
  for (const words of [
    conversation.title,
    conversation.externalId,
    conversation.projectId,
    conversation.defaultModel,
  ]) {
    assert.ok(words === null || words.isWellFormed());
  }
  // It can be stored: ids and hashes are made of all of it.
  assert.equal(conversationInput(conversation).messages.length, conversation.messages.length);
  assert.deepEqual(activePath(conversation), pathFromLeaf(conversation));
}

const activePath = (conversation: CanonicalConversation): string[] =>
  conversation.messages.filter((message) => message.onActivePath).map((message) => message.key);

/** From the root down to the active leaf, by parents alone. */
function pathFromLeaf(conversation: CanonicalConversation): string[] {
  const byKey = new Map(conversation.messages.map((message) => [message.key, message]));
  const path: string[] = [];
  for (let key = conversation.activeLeafKey; key !== null; key = byKey.get(key)?.parentKey ?? null) path.unshift(key);
  return path;
}
