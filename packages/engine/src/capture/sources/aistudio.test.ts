import { expect, it } from 'vitest';
import { conversationsOf, shortly } from '../../../../../test/kit/source-files.ts';

it('AI Studio: chunks in order, thoughts, files, code and what answers rest on', async () => {
  const prompt = {
    runSettings: { model: 'models/gemini-x' },
    systemInstruction: { parts: [{ text: 'Be brief.' }] },
    chunkedPrompt: {
      chunks: [
        { role: 'user', text: 'Look', driveImage: { id: 'drive-1' }, createTime: '2026-01-01T00:00:00Z' },
        { role: 'user', inlineFile: { mimeType: 'text/csv', data: 'YSxi' } },
        { role: 'model', text: 'Thinking', isThought: true, parts: [{ text: 'Thin', thought: true }] },
        { role: 'model', executableCode: { language: 'PYTHON', code: 'print(1)' } },
        { role: 'model', codeExecutionResult: { outcome: 'OUTCOME_OK', output: '1' } },
        {
          role: 'model',
          text: 'Done',
          finishReason: 'STOP',
          grounding: { groundingSources: [{ title: 'A page', uri: 'https://example.org' }] },
        },
        { role: 'model', text: '', errorMessage: 'Too many requests' },
        { role: 'model', parts: [{ text: 'In ' }, { text: 'parts' }] },
      ],
    },
    pendingInputs: [{ text: 'A draft', role: 'user' }, { text: '' }],
  };
  const [found] = await conversationsOf(JSON.stringify(prompt, null, 2), 'aistudio');
  expect(shortly(found)).toEqual([
    ['user', 'human', 'context: Be brief.', 'text: Look', 'image: null'],
    ['user', 'human', 'file: null'],
    ['assistant', 'model', 'reasoning: Thinking'],
    ['assistant', 'model', 'tool_call: print(1)'],
    ['assistant', 'model', 'tool_result: 1'],
    ['assistant', 'model', 'text: Done'],
    ['assistant', 'model', 'error: Too many requests'],
    ['assistant', 'model', 'text: In parts'],
  ]);
  expect(found).toMatchObject({ defaultModel: 'gemini-x', flags: { drafts: ['A draft'] } });
  expect(found?.messages[0]?.parts[2]?.attachment).toMatchObject({ externalId: 'drive-1', status: 'missing' });
  expect(found?.messages[1]?.parts[0]?.attachment).toMatchObject({ mime: 'text/csv', size: 3, status: 'skipped' });
  expect(found?.messages[5]?.parts[0]?.citations).toMatchObject([{ url: 'https://example.org', title: 'A page' }]);
});

it('AI Studio: a draft that stands beside the chunks is one too', async () => {
  const chunks = [{ role: 'user', text: 'Herons?' }];
  const prompt = { runSettings: {}, chunkedPrompt: { chunks, pendingInputs: [{ role: 'user', text: 'And why' }] } };
  const [found] = await conversationsOf(JSON.stringify(prompt), 'aistudio');
  expect(found?.flags).toEqual({ drafts: ['And why'] });
});
