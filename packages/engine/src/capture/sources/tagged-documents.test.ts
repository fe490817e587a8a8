import { describe, expect, it } from 'vitest';
import { conversationsOf, shortly } from '../../../../../test/kit/source-files.ts';
import { artifactOperation } from '../artifacts/artifact-operations.ts';
import { taggedParts } from './tagged-documents.ts';

const document = (id: string, title: string, body: string) =>
  `<antArtifact identifier="${id}" type="application/vnd.ant.code" language="python" title="${title}">\n${body}\n</antArtifact>`;

describe('documents and thoughts in the text of 2024', () => {
  it('are parts of their own, in order, and versions of one document', async () => {
    const said = `Sure.\n\n<antThinking>A small script.</antThinking>\n\n${document('nest', 'Nests &amp; eggs', 'print(1)')}\n\nAnd again:\n${document('nest', 'Nests', 'print(2)')}`;
    const message = (uuid: string, sender: string, text: string) => ({
      uuid,
      sender,
      text,
      attachments: [],
      files: [],
    });
    const chat_messages = [message('a', 'human', 'Count nests'), message('b', 'assistant', said)];
    const [found] = await conversationsOf(JSON.stringify([{ uuid: 'c', name: 'T', chat_messages }]), 'claude');
    expect(shortly(found)[1]).toEqual([
      'assistant',
      'model',
      'text: Sure.',
      'reasoning: A small script.',
      'artifact: print(1)',
      'text: And again:',
      'artifact: print(2)',
    ]);
    const versions = found?.messages[1]?.parts.flatMap((part) => artifactOperation(part) ?? []);
    expect(versions).toMatchObject([
      { key: 'nest', title: 'Nests & eggs', language: 'python', edit: { kind: 'whole', text: 'print(1)' } },
      { key: 'nest', title: 'Nests', edit: { text: 'print(2)' } },
    ]);
  });

  it.each([
    'no tag',
    'one <antArtifact identifier="x"> that is not closed',
    'a </antArtifact> alone',
    '<antArtifactory>',
  ])('%s stays text', (text) => {
    expect(taggedParts(text)).toBeNull();
  });

  it('of any number are read in one pass', () => {
    expect(taggedParts(`${'<antThinking>'.repeat(2_000)}</antThinking>`)).toHaveLength(1);
    expect(taggedParts('<antThinking>x</antThinking>'.repeat(2_000))).toHaveLength(2_000);
  });
});
