/** Answers put together from their pieces: the same as the whole one, and of one that broke off as much as came. */
import type { LiveDialect } from '@vivim/contract/live';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chatAnswer } from './chat-answer.ts';
import { readEventStream } from './event-stream.ts';
import type { LiveAnswer } from './live-answer.ts';
import { messagesAnswer } from './messages-answer.ts';
import { responsesAnswer } from './responses-answer.ts';
import { turnParts } from './turn-parts.ts';

const reading: Readonly<Record<LiveDialect, (text: string, streamed: boolean) => LiveAnswer>> = {
  chat: chatAnswer,
  responses: responsesAnswer,
  messages: messagesAnswer,
};

/** What is said, thought and called. */
interface Meant {
  readonly thought: string;
  readonly words: string;
  readonly call: string | null;
}
const event = (data: object, name?: string) =>
  `${name === undefined ? '' : `event: ${name}\n`}data: ${JSON.stringify(data)}\n\n`;
const cut = (text: string, size: number): string[] => text.match(new RegExp(`[^]{1,${size}}`, 'gu')) ?? [];
const typed = (data: { readonly type: string } & Readonly<Record<string, unknown>>) => event(data, data.type);

const streamOf: Readonly<Record<LiveDialect, (meant: Meant, size: number) => string[]>> = {
  chat: ({ thought, words, call }, size) => {
    const chunk = (delta: object, finish: string | null = null) =>
      event({ id: 'c', model: 'm', choices: [{ index: 0, delta, finish_reason: finish }] });
    const called =
      call === null
        ? []
        : [
            chunk({ tool_calls: [{ index: 0, id: 'x', type: 'function', function: { name: 'f', arguments: '' } }] }),
            ...cut(call, size).map((piece) => chunk({ tool_calls: [{ index: 0, function: { arguments: piece } }] })),
          ];
    return [
      ...cut(thought, size).map((piece) => chunk({ reasoning_content: piece })),
      ...cut(words, size).map((piece) => chunk({ content: piece })),
      ...called,
      chunk({}, call === null ? 'stop' : 'tool_calls'),
      event({ id: 'c', model: 'm', choices: [], usage: { prompt_tokens: 3, completion_tokens: 4 } }),
      'data: [DONE]\n\n',
    ];
  },
  responses: ({ thought, words, call }, size) => {
    const items = [
      { type: 'reasoning', id: 'r', summary: thought === '' ? [] : [{ type: 'summary_text', text: thought }] },
      { type: 'message', role: 'assistant', content: words === '' ? [] : [{ type: 'output_text', text: words }] },
      ...(call === null ? [] : [{ type: 'function_call', call_id: 'x', name: 'f', arguments: call }]),
    ];
    const response = { id: 'c', model: 'm', status: 'in_progress', output: [] as object[] };
    const deltas = [
      { kind: 'response.reasoning_summary_text.delta', text: thought, more: { summary_index: 0 } },
      { kind: 'response.output_text.delta', text: words, more: { content_index: 0 } },
      { kind: 'response.function_call_arguments.delta', text: call ?? '', more: {} },
    ];
    return [
      typed({ type: 'response.created', response }),
      ...items.flatMap((item, output_index) => [
        typed({
          type: 'response.output_item.added',
          output_index,
          item: { ...item, summary: [], content: [], arguments: '' },
        }),
        ...cut(deltas[output_index]?.text ?? '', size).map((delta) =>
          typed({ type: deltas[output_index]?.kind ?? '', output_index, delta, ...deltas[output_index]?.more }),
        ),
        typed({ type: 'response.output_item.done', output_index, item }),
      ]),
      typed({
        type: 'response.completed',
        response: { ...response, status: 'completed', output: items, usage: { input_tokens: 3, output_tokens: 4 } },
      }),
    ];
  },
  messages: ({ thought, words, call }, size) => {
    const blocks = [
      ...(thought === ''
        ? []
        : [
            {
              start: { type: 'thinking', thinking: '', signature: '' },
              delta: 'thinking_delta',
              field: 'thinking',
              text: thought,
            },
          ]),
      ...(words === '' ? [] : [{ start: { type: 'text', text: '' }, delta: 'text_delta', field: 'text', text: words }]),
      ...(call === null
        ? []
        : [
            {
              start: { type: 'tool_use', id: 'x', name: 'f', input: {} },
              delta: 'input_json_delta',
              field: 'partial_json',
              text: call,
            },
          ]),
    ];
    return [
      typed({
        type: 'message_start',
        message: { id: 'c', model: 'm', usage: { input_tokens: 3, output_tokens: 0 } },
      }),
      ...blocks.flatMap(({ start, delta, field, text }, index) => [
        typed({ type: 'content_block_start', index, content_block: start }),
        ...cut(text, size).map((piece) =>
          typed({ type: 'content_block_delta', index, delta: { type: delta, [field]: piece } }),
        ),
        typed({ type: 'content_block_stop', index }),
      ]),
      typed({ type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 4 } } as {
        type: string;
      }),
      typed({ type: 'message_stop' }),
    ];
  },
};

const partsIn = (dialect: LiveDialect, answer: LiveAnswer) =>
  answer.turns.flatMap((turn) => turnParts(dialect, turn, new Map()).parts);
const textOf = (dialect: LiveDialect, answer: LiveAnswer, kind: string) =>
  partsIn(dialect, answer)
    .filter((part) => part.kind === kind)
    .map(({ text }) => text)
    .join('');

const words = fc.string({ unit: fc.constantFrom('a', 'é', '😀', '\n', '"', ' '), maxLength: 30 });
const meant: fc.Arbitrary<Meant> = fc.record({
  thought: words,
  words,
  call: fc.option(fc.dictionary(fc.constantFrom('a', 'b'), words).map((value) => JSON.stringify(value))),
});
const dialects = ['chat', 'responses', 'messages'] as const;

describe.each(dialects)('a streamed answer of %s', (dialect) => {
  it('is what was meant, however it was cut into pieces', () => {
    fc.assert(
      fc.property(meant, fc.integer({ min: 1, max: 9 }), (said, size) => {
        const answer = reading[dialect](streamOf[dialect](said, size).join(''), true);
        expect(answer).toMatchObject({ complete: true, model: 'm', id: 'c', fault: null });
        expect(Object.values(answer.usage ?? {})).toEqual([3, 4]);
        expect(textOf(dialect, answer, 'text')).toBe(said.words);
        expect(textOf(dialect, answer, 'reasoning')).toBe(said.thought);
        const [call] = partsIn(dialect, answer).filter((part) => part.kind === 'tool_call');
        expect(call?.text ?? null).toBe(said.call);
      }),
    );
  });

  it('that breaks off anywhere is as much as came, and says that it broke off', () => {
    fc.assert(
      fc.property(meant, fc.integer({ min: 1, max: 9 }), fc.nat(), (said, size, place) => {
        const stream = streamOf[dialect](said, size).join('');
        const answer = reading[dialect](stream.slice(0, place % stream.length), true);
        expect(said.words.startsWith(textOf(dialect, answer, 'text'))).toBe(true);
        expect(said.thought.startsWith(textOf(dialect, answer, 'reasoning'))).toBe(true);
        for (const part of partsIn(dialect, answer)) expect(part.text === null || part.text.isWellFormed()).toBe(true);
        if (answer.complete) expect(textOf(dialect, answer, 'text')).toBe(said.words);
      }),
    );
  });

  it('is nothing, and no failure, where it is none', () => {
    fc.assert(
      fc.property(fc.string(), fc.boolean(), (text, streamed) => {
        expect(reading[dialect](text, streamed).turns).toEqual([]);
      }),
    );
  });

  it('that ends in an error says which', () => {
    const error = { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } };
    const pieces = streamOf[dialect]({ thought: '', words: 'half', call: null }, 4);
    const answer = reading[dialect](`${pieces.slice(0, -4).join('')}${event(error, 'error')}`, true);
    expect(answer.fault?.message).toBe('Overloaded');
  });
});

describe('server-sent events', () => {
  it('are read with any line end, comments and several lines of data', () => {
    const text = ': hello\r\nevent: a\r\ndata: {"x":\r\ndata: 1}\r\n\r\ndata:{"y":2}\n\ndata: [DONE]\n\ndata: {"cut":';
    expect(readEventStream(text)).toEqual({
      events: [
        { name: 'a', data: { x: 1 } },
        { name: '', data: { y: 2 } },
      ],
      done: true,
    });
  });
});
