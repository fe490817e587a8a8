/** Reports of deep research, wherever an export holds them: each comes in once, as what was answered, with what it cites. */
import { expect, it } from 'vitest';
import { conversationsOf } from '../../../../../test/kit/source-files.ts';

const text = (...parts: unknown[]) => ({ content_type: 'text', parts });
const report = {
  author: { role: 'assistant' },
  content: text('# Ferries\n\nThe first one sails at nine \uE200cite\uE202turn0search1\uE201.'),
  metadata: {
    content_references: [
      {
        matched_text: '\uE200cite\uE202turn0search1\uE201',
        items: [{ url: 'https://ferry.example', title: 'Ferries' }],
      },
    ],
  },
};
const state = { status: 'completed', report_message: report };
const asWords = { content: text(`The latest state of the widget is: ${JSON.stringify(state)}`) };
const hidden = { is_visually_hidden_from_conversation: true };

/** A question and what came after it, one behind the other. */
async function told(...messages: object[]) {
  const all = [{ author: { role: 'user' }, content: text('Compare the ferries') }, ...messages];
  const mapping = Object.fromEntries(
    all.map((message, ix) => [`m${ix}`, { id: `m${ix}`, parent: ix === 0 ? null : `m${ix - 1}`, message }]),
  );
  const file = [{ conversation_id: 'c', current_node: `m${all.length - 1}`, mapping }];
  const [found] = await conversationsOf(JSON.stringify(file), 'chatgpt');
  return (found?.messages ?? []).map(({ role, authorKind, hidden: out, parts }) => [
    role,
    authorKind,
    out,
    ...parts.map(({ kind, text: words, citations }) =>
      [kind, words, ...(citations ?? []).map(({ url }) => url)].join(' '),
    ),
  ]);
}

const asked = ['user', 'human', false, 'text Compare the ferries'];
const answer = 'text # Ferries\n\nThe first one sails at nine. https://ferry.example';

it.each([
  ['an object', { chatgpt_sdk: { widget_state: state } }],
  ['a text', { chatgpt_sdk: { widget_state: JSON.stringify(state) } }],
  [
    'what the tool answered',
    { chatgpt_sdk: { tool_response_metadata: { venus_widget_state: { widget_state: state } } } },
  ],
])('the state of a window that is %s holds the answer', async (_, metadata) => {
  expect(await told({ author: { role: 'assistant' }, content: text(''), metadata })).toEqual([
    asked,
    ['assistant', 'model', false, answer],
  ]);
});

it('a state in the words of a hidden message is the answer, and is shown', async () => {
  const tool = { author: { role: 'tool', name: 'api_tool.widget_state' }, ...asWords, metadata: hidden };
  expect(await told(tool, { author: { role: 'assistant' }, content: text('') })).toEqual([
    asked,
    ['tool', 'model', false, answer],
    ['assistant', 'model', false],
  ]);
});

it('a report that stands in several places is told once', async () => {
  const metadata = { chatgpt_sdk: { widget_state: JSON.stringify(state) } };
  const tool = { author: { role: 'tool' }, ...asWords, metadata: hidden };
  const found = await told(tool, { author: { role: 'assistant' }, content: text(''), metadata }, tool);
  expect(found.map(([, kind, out]) => [kind, out])).toEqual([
    ['human', false],
    ['tool', true],
    ['model', false],
    ['tool', true],
  ]);
  expect(found[2]).toContain(answer);
});

it('a state without a report, one that is no JSON and one a message says itself change nothing', async () => {
  const broken = { author: { role: 'tool' }, content: text('The latest state of the widget is: {report_message') };
  const running = {
    author: { role: 'assistant' },
    content: text('Wait'),
    metadata: { chatgpt_sdk: { widget_state: { status: 'x' } } },
  };
  const said = {
    author: { role: 'assistant' },
    content: report.content,
    metadata: { ...report.metadata, venus_widget_state: state },
  };
  expect(await told(broken, running, said)).toEqual([
    asked,
    ['tool', 'tool', false, 'tool_result The latest state of the widget is: {report_message'],
    ['assistant', 'model', false, 'text Wait'],
    ['assistant', 'model', false, answer],
  ]);
});

it('the result of a task that a tool wrote in the place of the model is what was answered', async () => {
  const result = {
    author: { role: 'tool', name: 'research_kickoff_tool.start_research_task' },
    content: report.content,
    metadata: { ...report.metadata, is_async_task_result_message: true },
  };
  expect(await told(result)).toEqual([asked, ['tool', 'model', false, answer]]);
});

it('a file an agent made is named where it stands, and shown', async () => {
  const metadata = {
    n7jupd_crefs: [{ type: 'file', file_id: 'file-Ab1', file_name: 'list.csv', matched_text: '{{file:file-Ab1}}' }],
  };
  expect(await told({ author: { role: 'assistant' }, content: text('Here: {{file:file-Ab1}}.'), metadata })).toEqual([
    asked,
    ['assistant', 'model', false, 'text Here: list.csv.', 'file '],
  ]);
});
