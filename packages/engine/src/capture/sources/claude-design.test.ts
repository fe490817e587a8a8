/** Chats of Claude Design: words of both, thinking, tools with what they gave, and what changed. */
import { expect, it } from 'vitest';
import { newCapture } from '../../../../../test/kit/capture.ts';
import { twoSpaces } from '../../../../../test/kit/spaces.ts';
import { zipOf } from '../../../../../test/kit/zip-builder.ts';
import { noContext } from '../canonical.ts';
import { readRecord } from '../read-record.ts';

const chat = {
  uuid: '09e002f3-27e7-4160-8f93-d0e5aeca61c7',
  title: 'Landing page',
  project: { uuid: 'p1', name: 'Bakery' },
  created_at: '2025-10-09T08:53:20Z',
  messages: [
    {
      uuid: 'a',
      role: 'user',
      content: { content: 'Make a page', authorName: 'Ada', timestamp: '2025-10-09T08:54:20Z' },
    },
    {
      uuid: 'b',
      role: 'assistant',
      content: {
        contentBlocks: [
          { type: 'thinking', thinking: 'ok' },
          { type: 'text', text: 'Done' },
          {
            type: 'tool_call',
            toolCall: { id: 't', name: 'write_file', input: { path: 'index.html' }, output: 'written' },
          },
          { type: 'novelty', x: 1 },
        ],
        turnChanges: { created: ['index.html'], edited: [] },
        timestamp: '2025-10-09T08:55:20Z',
      },
    },
    { uuid: 'c', role: 'user', content: 'Thanks' },
  ],
};
const talk = {
  uuid: 'c1',
  name: 'Talk',
  chat_messages: [{ uuid: 'm', sender: 'human', content: [{ type: 'text', text: 'Hi' }] }],
};

it('is a conversation of its own source', () => {
  const reading = readRecord('claude-design', Buffer.from(JSON.stringify(chat)), noContext);
  if (reading.outcome !== 'conversation') throw new Error(reading.issue.detail);
  const { conversation, issues } = reading;
  expect(conversation).toMatchObject({ externalId: chat.uuid, projectId: 'p1', flags: { project: 'Bakery' } });
  expect(
    conversation.messages.map(({ authorKind, authorName, parts }) => [
      authorKind,
      authorName,
      parts.map((part) => [part.kind, part.text]),
    ]),
  ).toEqual([
    ['human', 'Ada', [['text', 'Make a page']]],
    [
      'model',
      null,
      [
        ['reasoning', 'ok'],
        ['text', 'Done'],
        ['tool_call', '{"path":"index.html"}'],
        ['tool_result', 'written'],
        ['raw', 'type: novelty\nx: 1'],
        ['raw', 'turnChanges:\n  created: index.html'],
      ],
    ],
    ['human', null, [['text', 'Thanks']]],
  ]);
  expect(issues.map(({ code }) => code)).toEqual(['content_unknown']);
});

it('is named beside conversations of Claude, and comes in by itself', async () => {
  const { alice, bob } = twoSpaces();
  const file = { name: 'design_chats/a.json', bytes: JSON.stringify(chat) };
  const zip = zipOf([{ name: 'conversations.json', bytes: JSON.stringify([talk]) }, file]);
  const hers = await newCapture(alice).bring({ bytes: zip, name: 'data.zip' });
  expect(hers.report.conversations.added).toBe(1);
  expect(hers.report.issues).toMatchObject([{ code: 'kind_apart', path: file.name }]);
  const alone = await newCapture(alice).bring({ bytes: file.bytes, name: 'a.json' });
  expect(alone).toMatchObject({ detected: { source: 'claude-design' }, report: { conversations: { added: 1 } } });
  const his = await newCapture(bob).bring({ bytes: zipOf([file]), name: 'design.zip' });
  expect(his.report).toMatchObject({ conversations: { added: 1 }, issues: [{ code: 'content_unknown' }] });
});
