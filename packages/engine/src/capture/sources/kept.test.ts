/** What sources read beside conversations: Claude's memories and projects, ChatGPT's instructions, ratings, what it was told to keep. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noContext } from '../canonical.ts';
import { readRecord } from '../read-record.ts';
import { readFeedback, readInstructions, saidToChatGpt } from './chatgpt-kept.ts';
import { readClaudeMemories, readClaudeProject } from './claude-kept.ts';
import { sourceModules } from './registry.ts';

describe('Claude', () => {
  it('has memories of the person and of each project', () => {
    const kept = readClaudeMemories({
      conversations_memory: '**Work**\n\nTeaches physics.\n\n- Likes tea.',
      project_memories: { p1: 'Writes sonnets.' },
      account_uuid: 'a',
    });
    expect(kept).toMatchObject({ key: 'memories', account: 'a', asOfMs: null });
    expect(kept.memories.map(({ text, field, project, kind }) => [text, field, project, kind])).toEqual([
      ['Teaches physics.', 'conversations_memory', null, 'fact'],
      ['Likes tea.', 'conversations_memory', null, 'fact'],
      ['Writes sonnets.', 'project_memories/p1', 'p1', 'fact'],
    ]);
  });

  it('has projects with instructions and documents', () => {
    const kept = readClaudeProject({
      uuid: 'p1',
      name: 'Poetry',
      prompt_template: 'Answer in verse',
      updated_at: '2025-10-09T08:54:20Z',
      docs: [{ uuid: 'd', filename: 'rules.md', content: '# Rules' }],
    });
    expect(kept?.memories).toMatchObject([{ text: 'Answer in verse', kind: 'instruction', project: 'p1' }]);
    expect(kept?.projects).toMatchObject([{ name: 'Poetry', documents: [{ name: 'rules.md', text: '# Rules' }] }]);
    expect(readClaudeProject({ docs: [], prompt_template: 'x' })).toBeNull();
  });
});

describe('ChatGPT', () => {
  it('has custom instructions in settings, wherever they stand', () => {
    const fields = { about_user_message: 'I am a nurse.', about_model_message: 'Be brief.\nUse metric units.' };
    for (const record of [fields, { user_id: 'u', settings: fields }, { custom_instructions: fields }]) {
      expect(readInstructions(record).memories.map(({ text, kind }) => [text, kind])).toEqual([
        ['I am a nurse.', 'fact'],
        ['Be brief.', 'instruction'],
        ['Use metric units.', 'instruction'],
      ]);
    }
  });

  it('has ratings, whatever it calls them', () => {
    const rated = (rating: string, content = '{}') =>
      readFeedback({ id: 'm', conversation_id: 'c', rating, content })?.feedback[0];
    expect(rated('thumbs_up')).toMatchObject({ rating: 'up', message: 'm', conversation: 'c', comment: null });
    expect(rated('thumbsDown', '{"tags":["wrong"],"text":"No."}')).toMatchObject({
      rating: 'down',
      comment: 'wrong; No.',
    });
    expect(rated('meh')).toMatchObject({ rating: 'other' });
    expect(readFeedback({ rating: 'thumbs_up' })).toBeNull();
  });

  it('has instructions in front of a conversation, and what it was told to keep', () => {
    const node = (id: string, parent: string | null, message: object | null) => ({ id, parent, children: [], message });
    const record = {
      conversation_id: 'c',
      current_node: 'bio',
      mapping: {
        root: node('root', null, null),
        context: node('context', 'root', {
          id: 'context',
          author: { role: 'user' },
          content: {
            content_type: 'user_editable_context',
            user_profile: 'The user provided this about themselves:\n```I am a nurse.```',
            user_instructions: 'How to respond:\n```Use metric units.```',
          },
        }),
        bio: node('bio', 'context', {
          id: 'bio',
          author: { role: 'assistant' },
          recipient: 'bio',
          content: { content_type: 'text', parts: ['Has a daughter called Emma.'] },
        }),
      },
    };
    const reading = readRecord('chatgpt', Buffer.from(JSON.stringify(record)), noContext);
    if (reading.outcome !== 'conversation') throw new Error('It should be one.');
    const { conversation } = reading;
    const said = saidToChatGpt(conversation);
    expect(said.map(({ text, kind, what }) => [text, kind, what])).toEqual([
      ['I am a nurse.', 'fact', 'custom instructions'],
      ['Use metric units.', 'instruction', 'custom instructions'],
      ['Has a daughter called Emma.', 'fact', 'saved memory'],
    ]);
    for (const { message, part, start, end, text } of said)
      expect(conversation.messages[message]?.parts[part]?.text?.slice(start, end)).toBe(text);
  });
});

it('reads any record a rule fits without throwing, and names the places of what it read', () => {
  const rules = sourceModules.flatMap(({ sidecars }) => sidecars ?? []);
  const names = [
    'conversations_memory',
    'project_memories',
    'prompt_template',
    'docs',
    'uuid',
    'rating',
    'id',
    'settings',
    '__proto__',
  ];
  const keyed = fc.dictionary(fc.constantFrom(...names, 'conversation_id', 'about_user_message'), fc.jsonValue(), {
    noNullPrototype: true,
  });
  fc.assert(
    fc.property(keyed, (record) => {
      for (const rule of rules) {
        if (!rule.fits(record)) continue;
        for (const { text } of rule.read?.(record)?.memories ?? []) expect(text.trim()).not.toBe('');
      }
    }),
  );
});
