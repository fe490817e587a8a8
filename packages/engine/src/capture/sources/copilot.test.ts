import { describe, expect, it } from 'vitest';
import { conversationsOf, readFile, shortly } from '../../../../../test/kit/source-files.ts';

describe('the CSV of Copilot', () => {
  it('is a conversation for each title', async () => {
    const found = await conversationsOf(
      '\uFEFFConversation,Time,Author,Message\r\n"Trip","2026-02-17T14:36:11","user","To ""Łódź"""\r\n"Soup","2026-02-16T09:00:00","user","Soup?"\r\n"Trip","2026-02-17T14:36:19","AI","Day 1,\nmuseum"\r\n',
      'copilot',
    );
    expect(found.map(({ title }) => title)).toEqual(['Trip', 'Soup']);
    expect(shortly(found[0])).toEqual([
      ['user', 'human', 'text: To "Łódź"'],
      ['assistant', 'model', 'text: Day 1,\nmuseum'],
    ]);
    expect(found[0]).toMatchObject({ created: { ms: Date.parse('2026-02-17T14:36:11Z') } });
  });

  it('is read in its other shapes, oldest first', async () => {
    const [chat] = await conversationsOf(
      'CreatedAt,MessageContent,Author,ChatName\n2/17/2026 2:36:15 PM +00:00,"Hi!","Copilot","G"\n2/17/2026 2:36:11 PM +00:00,"Hello","user","G"\n',
      'copilot',
    );
    expect(shortly(chat).map(([role]) => role)).toEqual(['user', 'assistant']);
    expect(chat?.created.ms).toBe(Date.parse('2026-02-17T14:36:11Z'));
    const prompts = await conversationsOf(
      'Timestamp,ClientApp,Prompt\n2026-02-17T14:36:11,Edge,a\n2026-02-18T14:36:11,Edge,b\n',
      'copilot',
    );
    expect(prompts.map(shortly)).toEqual([[['user', 'human', 'text: a']], [['user', 'human', 'text: b']]]);
  });

  it('says where one title may be two conversations', async () => {
    const { readings } = await readFile(
      'Conversation,Time,Author,Message\nHi,2026-02-17T14:36:11,user,a\nHi,2026-03-17T14:36:11,user,b\n',
    );
    expect(readings).toMatchObject([{ outcome: 'conversation', issues: [{ code: 'conversation_uncertain' }] }]);
  });
});
