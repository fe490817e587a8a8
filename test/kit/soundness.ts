/** What must hold for whatever any source makes of anything. */
import type { CanonicalConversation, Reading } from '@vivim/engine/capture/canonical';
import { conversationInput } from '@vivim/engine/capture/conversation-input';
import { expect } from 'vitest';

/** @throws what `expect` throws where it does not hold */
export function soundness(reading: Reading): void {
  if (reading.outcome === 'skipped') {
    expect(reading.issue.severity).toBe('skipped');
    // The answer of last resort, for what a source did not foresee.
    expect(reading.issue.code).not.toBe('record_unreadable');
    expect(reading.issue.detail).not.toBe('');
    return;
  }
  const { conversation } = reading;
  expect(conversation.key).not.toBe('');
  const seen = new Set<string>();
  for (const message of conversation.messages) {
    expect(seen.has(message.key)).toBe(false);
    if (message.parentKey !== null) expect(seen.has(message.parentKey)).toBe(true);
    seen.add(message.key);
    for (const part of message.parts) {
      for (const words of [part.text, part.json, part.mime, part.language, part.toolName, part.toolCallId]) {
        expect(words === null || words === undefined || words.isWellFormed()).toBe(true);
      }
      for (const { start, end } of part.citations ?? []) {
        if (start !== null && end !== null) expect(start <= end && end <= (part.text ?? '').length).toBe(true);
      }
    }
    expect(message.created.ms === null || Math.abs(message.created.ms) <= 8.64e15).toBe(true);
  }
  for (const words of [
    conversation.title,
    conversation.externalId,
    conversation.projectId,
    conversation.defaultModel,
  ]) {
    expect(words === null || words.isWellFormed()).toBe(true);
  }
  // It can be stored: ids and hashes are made of all of it.
  expect(conversationInput(conversation).messages).toHaveLength(conversation.messages.length);
  expect(activePath(conversation)).toEqual(pathFromLeaf(conversation));
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
