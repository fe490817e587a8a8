import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conversationsOf, readFile, shortly } from '../../../../../test/kit/source-files.ts';

describe('a Markdown transcript', () => {
  it('is cut at headings that name who speaks, outside of code', async () => {
    const text = `---
title: Fruit
source: https://chatgpt.com/c/11111111-2222-4333-8444-555555555555
---

# Fruit talk

#### You:
Name a fruit

## A heading of mine

#### ChatGPT:
Apple

\`\`\`js
// a comment
#### You: not a turn
#### You:
\`\`\`
> #### You:
`;
    const [found] = await conversationsOf(text, 'markdown');
    expect(found).toMatchObject({
      title: 'Fruit',
      externalId: '11111111-2222-4333-8444-555555555555',
      flags: { link: expect.stringContaining('chatgpt.com') },
    });
    expect(shortly(found).map((turn) => turn.slice(0, 2))).toEqual([
      ['user', 'human'],
      ['assistant', 'model'],
    ]);
    expect(found?.messages[0]?.parts[0]?.text).toBe('Name a fruit\n\n## A heading of mine');
    expect(found?.messages[1]).toMatchObject({ authorName: 'ChatGPT' });
    expect(found?.messages[1]?.parts[0]?.text).toContain('#### You:\n```\n> #### You:');
  });

  it('of LibreChat is called what its lines in front say, and they are no text that is lost', async () => {
    const front =
      '# Conversation\n### conversationId: c\n### endpoint: openAI\n### title: Roof\n\n### Options\n- model: gpt-4o\n\n## History\n';
    const { readings } = await readFile(`${front}**User:**\nWhich?\n\n**GPT-4o:**\nTile.\n`);
    expect(readings).toMatchObject([{ issues: [], conversation: { title: 'Roof', messages: { length: 2 } } }]);
  });

  it.each([
    ['headings', '## User\n\nhello\n\n## Assistant\n\nhi\n\n## User\n\nbye\n'],
    ['bold lines', '# T\n\n**User:**\n\nhello\n\n**Assistant:**\n\nhi\n\n**User:**\nbye'],
    ['words on the line itself', '**User:** hello\n\n**Assistant:** hi\n\n**User**: bye\n'],
    ['plain names', 'User: hello\nAssistant: hi\n\nUser: bye\n'],
    ['German', '## Nutzer\n\nhello\n\n## Assistent\n\nhi\n\n## Du\n\nbye\n'],
    ['French', '**Vous :** hello\n\n**Réponse :** hi\n\n**Vous :** bye'],
    ['Chinese', '## 用户\nhello\n## 助手\nhi\n## 你：\nbye'],
    ['what a page was copied with', 'You said:\nhello\n\nChatGPT said:\nhi\n\nYou said:\n\nbye\n'],
    ['the same in German', 'Du hast gesagt:\nhello\nClaude hat gesagt:\nhi\nDu hast gesagt:\nbye'],
    [
      'what LibreChat saves as text',
      'Conversation\n########################\ntitle: T\n\nHistory\n########################\n>> User:\nhello\n\n>> GPT-4o:\nhi\n\n>> User:\nbye\n',
    ],
    ['plain names alone on a line', 'User:\nhello\n\nAssistant:\nhi\n\nUser:\nbye\n'],
    ['a log with times', '[2026-01-01 10:00] Me: hello\n[2026-01-01 10:01] Claude: hi\n[2026-01-01 10:02] Me: bye\n'],
    ['times in front of a colon', '## Human (2026-01-02T03:04:05Z):\nhello\n## Claude:\nhi\n## Human:\nbye'],
    ['times', '## You (2026-01-02T03:04:05Z)\nhello\n## 🤖 Claude\nhi\n## You\nbye'],
  ])('knows %s', async (_, text) => {
    const [found] = await conversationsOf(text, 'markdown');
    expect(shortly(found)).toEqual([
      ['user', 'human', 'text: hello'],
      ['assistant', 'model', 'text: hi'],
      ['user', 'human', 'text: bye'],
    ]);
  });

  it('is no text that names one speaker, or none', async () => {
    for (const text of [
      '# Notes\n\n## User\n\nis a table',
      'Plain words',
      '## Question\na\n## Question\nb',
      'Question: a\nAnswer: b\nQuestion: c',
    ]) {
      await expect(readFile(text)).rejects.toMatchObject({ code: 'import_format_unknown' });
    }
  });

  it('keeps every turn, whatever is said in it', async () => {
    const words = fc.stringMatching(/^[a-z ]{1,20}$/).filter((text) => text.trim() !== '');
    await fc.assert(
      fc.asyncProperty(fc.array(words, { minLength: 2, maxLength: 8 }), async (said) => {
        const text = said.map((line, ix) => `### ${ix % 2 === 0 ? 'User' : 'Assistant'}\n\n${line}\n`).join('\n');
        const [found] = await conversationsOf(text, 'markdown');
        expect(found?.messages.map(({ parts }) => parts[0]?.text)).toEqual(said.map((line) => line.trim()));
      }),
      { numRuns: 40 },
    );
  });
});

describe('transcripts as extensions and editors save them', () => {
  const said = async (text: string) => {
    const [found] = await conversationsOf(text, 'markdown');
    return found;
  };

  it('the head may name its person in bold, and when and where it was said', async () => {
    const found = await said(
      '# Birds\n\n**User:** Ada\n**Created:** 3/6/2025 10:12:44\n**Link:** [x](https://chatgpt.com/c/67c9abcd1234)\n\n' +
        '## Prompt:\n3/6/2025 10:12:44\n\nHerons?\n\n## Response:\n3/6/2025 10:12:55\n\nThey wade.\n',
    );
    expect(shortly(found).map((turn) => turn[2])).toEqual(['text: Herons?', 'text: They wade.']);
    expect(found?.messages.map(({ created }) => created.ms)).toEqual([
      Date.UTC(2025, 2, 6, 10, 12, 44),
      Date.UTC(2025, 2, 6, 10, 12, 55),
    ]);
    expect(found).toMatchObject({ title: 'Birds' });
  });

  it('a plain link in the head is where it was said', async () => {
    const found = await said('# B\n\nLink: https://claude.ai/chat/0123-abcd\n\n## You\n\nHi\n\n## Claude\n\nHello\n');
    expect(found).toMatchObject({ externalId: '0123-abcd', flags: { link: 'https://claude.ai/chat/0123-abcd' } });
  });

  it('a comment of the program in front is no page, and models are named with version or behind the name', async () => {
    const found = await said(
      '<!-- saved by an editor -->\n\n_**User (2025-01-02 10:00Z)**_\n\nHerons?\n\n_**Agent (model claude-4, mode Agent)**_\n\nThey wade.\n',
    );
    expect(found?.messages).toMatchObject([
      { role: 'user', created: { ms: Date.UTC(2025, 0, 2, 10) } },
      { role: 'assistant', model: 'claude-4', created: { raw: null } },
    ]);
    const named = await said('**You**\n\nHi\n\n**Claude 4.5 Sonnet**\n\nHello\n');
    expect(named?.messages.map(({ role, authorName }) => [role, authorName])).toEqual([
      ['user', null],
      ['assistant', 'Claude 4.5 Sonnet'],
    ]);
  });

  it('a page with a comment in front is a page', async () => {
    await expect(readFile('<!-- saved from url -->\n<!doctype html><p>Hi</p>')).rejects.toMatchObject({
      message: expect.stringContaining('web page'),
    });
  });
});
