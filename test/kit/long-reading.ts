/** Conversations to read, made in code: one with everything a message may hold, and one of any length with a branch. */
import { type ChatGptTurn, chatGptConversation } from './exports.ts';

/** As the interface of OpenAI takes messages: reasoning, a tool and its result, code, mathematics, a table, something nobody knows. */
export const everyKind = (name: string): string =>
  JSON.stringify([
    {
      metadata: { title: `Glaze chemistry of ${name}` },
      model: 'gpt-4o',
      messages: [
        { role: 'user', content: `How do I work out the *alumina* of the celadon for ${name}?` },
        {
          role: 'assistant',
          reasoning_content: 'They want the unity formula. I should look the recipe up first.',
          content: null,
          tool_calls: [
            {
              id: 'call_1',
              type: 'function',
              function: { name: 'find_recipe', arguments: '{"glaze":"celadon","cone":6}' },
            },
          ],
        },
        {
          role: 'tool',
          tool_call_id: 'call_1',
          content: '{"recipe":[{"name":"feldspar","parts":40},{"name":"silica","parts":30}]}',
        },
        {
          role: 'assistant',
          content: [
            {
              type: 'text',
              text: [
                'The ratio is \\(r = \\frac{n(\\mathrm{SiO_2})}{n(\\mathrm{Al_2O_3})}\\), which costs $5 and not $10 to measure:',
                '$$\\sum_{i=1}^{n} x_i = \\int_0^1 f(t)\\,dt$$',
                '```python\ndef ratio(silica: float, alumina: float) -> float:\n    """Moles to moles."""\n    return silica / alumina  # about 8.0\n```',
                '| oxide | moles |\n|---|--:|\n| SiO2 | 3.20 |\n| Al2O3 | 0.40 |',
                '> Fire it slowly. See [the table](https://digitalfire.example/celadon).',
              ].join('\n\n'),
            },
            { type: 'hologram', surface: 'glaze', depth: 3 },
          ],
        },
        { role: 'user', content: 'Thank you, that is clear.' },
      ],
    },
  ]);

/** @param length messages of its shown branch; the third has another version, with an answer of its own */
export function longConversation(id: string, title: string, length: number): object {
  const words = 'The kiln log says what the cones did, how the glaze ran, and which shelf was the hottest. '.repeat(3);
  const turns = Array.from({ length }, (_, n): ChatGptTurn => {
    const user = n % 2 === 0;
    return {
      id: `${id}-${n}`,
      parent: n === 0 ? null : `${id}-${n - 1}`,
      role: user ? 'user' : 'assistant',
      text: user ? `Question ${n} about firing ${n}?` : `Answer ${n}. ${words.slice(0, 40 + ((n * 37) % 220))}`,
    };
  });
  const other: ChatGptTurn[] = [
    { id: `${id}-other`, parent: `${id}-1`, role: 'user', text: 'Question 2, asked otherwise?' },
    { id: `${id}-reply`, parent: `${id}-other`, role: 'assistant', text: 'The answer to the other question.' },
  ];
  return chatGptConversation(id, title, [...turns.slice(0, 2), ...other, ...turns.slice(2)]);
}
