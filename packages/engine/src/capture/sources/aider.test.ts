import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conversationsOf, readFile, shortly } from '../../../../../test/kit/source-files.ts';

const history = `
# aider chat started at 2026-01-10 10:00:00

> aider --model sonnet app.py  
> Main model: sonnet with diff edit format  

#### add a hello function  
#### and a docstring  

Here is the change:

\`\`\`python
#### not a prompt
> not the program
def hello(): ...
\`\`\`

> Applied edit to app.py  

#### /undo  

> Removed  

#### why?  

Because \`\`\`
it was cut off
\`\`\`python
x

#### go on  

Sorry.

# aider chat started at 2026-01-11 09:00:00

> Aider v0.86.0  
`;

describe('a history of Aider', () => {
  it('is a conversation for each session, with prompts, answers and what the program said', async () => {
    const { source, readings } = await readFile(history);
    expect(source).toBe('aider');
    expect(readings.map(({ outcome }) => outcome)).toEqual(['conversation', 'skipped']);
    const found = readings[0]?.outcome === 'conversation' ? readings[0].conversation : undefined;
    expect(shortly(found).map((turn) => turn.map((text) => text.split('\n')[0]))).toEqual([
      ['tool', 'tool', 'tool_result: aider --model sonnet app.py'],
      ['user', 'human', 'text: add a hello function'],
      ['assistant', 'model', 'text: Here is the change:', 'tool_result: Applied edit to app.py'],
      ['user', 'human', 'text: /undo'],
      ['tool', 'tool', 'tool_result: Removed'],
      ['user', 'human', 'text: why?'],
      ['assistant', 'model', 'text: Because ```'],
      ['user', 'human', 'text: go on'],
      ['assistant', 'model', 'text: Sorry.'],
    ]);
    expect(found?.messages[1]?.parts[0]?.text).toBe('add a hello function\nand a docstring');
    expect(found).toMatchObject({ defaultModel: 'sonnet', created: { raw: '2026-01-10 10:00:00' } });
  });

  it('stays the same conversation when it grows', async () => {
    const [one] = await conversationsOf('# aider chat started at 2026-01-10 10:00:00\n#### a  \nb\n', 'aider');
    const [more] = await conversationsOf(
      '# aider chat started at 2026-01-10 10:00:00\n#### a  \nb\n#### c  \nd\n',
      'aider',
    );
    expect(more?.key).toBe(one?.key);
    expect(more?.messages.slice(0, 2).map(({ key }) => key)).toEqual(one?.messages.map(({ key }) => key));
  });

  it('keeps every prompt, whatever stands between them', async () => {
    const line = fc.constantFrom('words', '> said', '```', '# x', '', '    #### y', '- z');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(line, { maxLength: 6 }), { minLength: 1, maxLength: 5 }), async (answers) => {
        const text = answers.map((lines, ix) => `#### prompt ${ix}  \n\n${lines.join('\n')}\n`).join('\n');
        const [found] = await conversationsOf(`# aider chat started at 2026-01-10 10:00:00\n${text}`, 'aider');
        expect(found?.messages.filter(({ role }) => role === 'user').map(({ parts }) => parts[0]?.text)).toEqual(
          answers.map((_, ix) => `prompt ${ix}`),
        );
      }),
      { numRuns: 60 },
    );
  });
});

it('an empty prompt of Aider is no word of the person, and moves nothing', async () => {
  const history = '\n# aider chat started at 2026-01-02 03:04:05\n\n#### Mend it  \n\nDone.\n\n#### <blank>  \n';
  const [found] = await conversationsOf(history, 'aider');
  expect(found?.messages.map(({ authorKind, hiddenReason }) => [authorKind, hiddenReason])).toEqual([
    ['human', null],
    ['model', null],
    ['human', 'nothing_said'],
  ]);
});
