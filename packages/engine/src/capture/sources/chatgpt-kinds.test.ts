/** Kinds of content ChatGPT writes beside plain words, each as exports of some time hold them: nothing a person would miss stays raw. */
import { expect, it } from 'vitest';
import { conversationsOf, readFile } from '../../../../../test/kit/source-files.ts';

const file = (author: object, content: object, metadata: object = {}, rest: object = {}): string =>
  JSON.stringify([
    {
      conversation_id: 'c',
      current_node: 'm',
      mapping: { m: { id: 'm', parent: null, message: { id: 'm', author, content, metadata, ...rest } } },
    },
  ]);
async function partsOf(...given: Parameters<typeof file>) {
  const [found] = await conversationsOf(file(...given), 'chatgpt');
  return (found?.messages[0]?.parts ?? []).map(({ kind, text, attachment, citations }) =>
    [kind, attachment?.externalId ?? text, ...(citations ?? []).map(({ url }) => url)].join(' '),
  );
}
const python = { role: 'tool', name: 'python' };

it('windows that were shared with a prompt are context, on their own and among other parts', async () => {
  const paired = {
    content_type: 'app_pairing_content',
    workspaces: [{ app_name: 'Terminal', title: 'zsh' }],
    context_parts: [{ text: 'npm test' }],
  };
  expect(await partsOf({ role: 'user' }, paired)).toEqual(['context Terminal: zsh\n\nnpm test']);
  const mixed = { content_type: 'multimodal_text', parts: [paired, 'Why?'] };
  expect(await partsOf({ role: 'user' }, mixed)).toEqual(['context Terminal: zsh\n\nnpm test', 'text Why?']);
});

it('pictures code drew come in, and what it printed where the content is empty', async () => {
  const result = {
    status: 'failed_with_in_kernel_exception',
    code: 'plot()',
    messages: [
      { message_type: 'stream', stream_name: 'stdout', text: 'drawing\n' },
      { message_type: 'image', image_url: 'file-service://file-plot', width: 8, height: 6 },
      { message_type: 'image', image_url: 'data:image/png;base64,iVBORw0KGgo=' },
    ],
    in_kernel_exception: { name: 'ValueError', traceback: ['line 1', 'ValueError: no'] },
  };
  expect(await partsOf(python, { content_type: 'execution_output', text: '' }, { aggregate_result: result })).toEqual([
    'code plot()',
    'tool_result drawing\n\nline 1\nValueError: no',
    'image file-plot',
    'image ',
  ]);
  expect(
    await partsOf(python, { content_type: 'execution_output', text: 'said' }, { aggregate_result: result }),
  ).toEqual(['code plot()', 'tool_result said', 'image file-plot', 'image ']);
});

it('pages the browser of 2023 found stand behind its empty result', async () => {
  const pages = [{ type: 'webpage', title: 'Herons', url: 'https://example.org/herons', text: 'They wade.' }];
  expect(
    await partsOf(
      { role: 'tool', name: 'browser' },
      { content_type: 'tether_browsing_display', result: '', summary: null },
      { _cite_metadata: { metadata_list: pages } },
    ),
  ).toEqual(['source  https://example.org/herons']);
});

it('pointers are files however they are called, and what metadata says of them is joined under both names', async () => {
  const parts = [
    { asset_pointer: 'file-service://file-a', width: 3, height: 4 },
    { content_type: 'video_asset_pointer', asset_pointer: 'sediment://file_b' },
  ];
  const attachments = [
    { id: 'file_b', name: 'clip.mp4', mimeType: 'video/mp4' },
    { id: 'file-c', name: 'c.png', mimeType: 'image/png' },
  ];
  const content = { content_type: 'multimodal_text', parts };
  expect(await partsOf({ role: 'user' }, content, { attachments })).toEqual([
    'image file-a',
    'file file_b',
    'image file-c',
  ]);
});

it.each([
  ['developer_content', { role: 'developer' }, { parts: ['Be brief.'] }, 'text Be brief.'],
  ['system_content', { role: 'system' }, { text: 'Be brief.' }, 'text Be brief.'],
  ['error', { role: 'tool' }, { name: 'E', text: 'It broke.' }, 'error It broke.'],
  [
    'structured_thoughts',
    { role: 'assistant' },
    { thoughts: [{ summary: 'A', chunks: ['b', 'c'] }] },
    'reasoning A\n\nbc',
  ],
])('%s is read', async (content_type, author, rest, expected) => {
  expect(await partsOf(author, { content_type, ...rest })).toEqual([expected]);
});

it('a call of the browser of 2023 is a call', async () => {
  const content = { content_type: 'tether_browsing_code', text: 'open(1)' };
  const [found] = await conversationsOf(file({ role: 'assistant' }, content, {}, { recipient: 'browser' }), 'chatgpt');
  expect(found?.messages[0]?.parts).toMatchObject([{ kind: 'tool_call', text: 'open(1)', toolName: 'browser' }]);
});

it('a kind nobody knows is kept, told in words, and counted', async () => {
  const { readings } = await readFile(file({ role: 'assistant' }, { content_type: 'hologram', caption: 'A heron' }));
  expect(readings).toMatchObject([
    {
      conversation: { messages: [{ parts: [{ kind: 'raw', text: expect.stringContaining('A heron') }] }] },
      issues: [{ severity: 'degraded', code: 'content_unknown' }],
    },
  ]);
});

it('the program that ran is said once: by the message that asked for it, or where that does not, beside what it printed', async () => {
  const ask = (text: string) => ({
    id: 'a',
    parent: null,
    message: { id: 'a', author: { role: 'assistant' }, recipient: 'python', content: { content_type: 'code', text } },
  });
  const metadata = { aggregate_result: [{ status: 'success', code: '1 + 1\n', final_expression_output: '2' }] };
  const answer = {
    id: 'b',
    parent: 'a',
    message: { author: python, content: { content_type: 'execution_output' }, metadata },
  };
  const codes = async (text: string) => {
    const mapping = { a: ask(text), b: answer };
    const [found] = await conversationsOf(JSON.stringify([{ id: 'c', current_node: 'b', mapping }]), 'chatgpt');
    return found?.messages[1]?.parts.map(({ kind, text: words }) => `${kind} ${words}`);
  };
  expect(await codes('1 + 1')).toEqual(['tool_result 2']);
  expect(await codes('{"unrelated":true}')).toEqual(['code 1 + 1\n', 'tool_result 2']);
});

it('output that can be cited, words in a part of their own and parts that are a text come in', async () => {
  expect(await partsOf(python, { content_type: 'citable_code_output', output_str: 'rows: 3' })).toEqual([
    'tool_result rows: 3',
  ]);
  const parts = [
    { content_type: 'text', text: 'one' },
    { text: 'two' },
    7,
    null,
    { content_type: 'novelty', text: 'x' },
  ];
  expect(await partsOf({ role: 'user' }, { content_type: 'multimodal_text', parts })).toEqual([
    'text one',
    'text two',
    'raw 7',
    expect.stringMatching(/^raw .*novelty/s),
  ]);
  expect(await partsOf({ role: 'user' }, { content_type: 'text', parts: 'all of it' })).toEqual(['text all of it']);
});

it('tables and charts an analysis made are files, and films have one of their own', async () => {
  const ada_visualizations = [{ type: 'table', file_id: 'file-tab', title: 'Herons by year' }, { type: 'chart' }];
  expect(
    await partsOf({ role: 'assistant' }, { content_type: 'text', parts: ['Here'] }, { ada_visualizations }),
  ).toEqual(['text Here', 'file file-tab']);
  const film = { content_type: 'video_container_asset_pointer', video_container_asset_pointer: 'sediment://file_film' };
  expect(await partsOf({ role: 'user' }, { content_type: 'multimodal_text', parts: [film] })).toEqual([
    'file file_film',
  ]);
});

it('words that were marked to reply to them stand in front of the reply', async () => {
  expect(
    await partsOf({ role: 'user' }, { content_type: 'text', parts: ['Why?'] }, { targeted_reply: 'They wade.' }),
  ).toEqual(['context They wade.', 'text Why?']);
});

it('a call whose addressee was left out stands in the metadata', async () => {
  const metadata = { command: 'search', args: ['herons'] };
  expect(await partsOf({ role: 'assistant' }, { content_type: 'text', parts: [''] }, metadata)).toEqual([
    'tool_call ["herons"]',
  ]);
  // What was said is no call.
  expect(await partsOf({ role: 'assistant' }, { content_type: 'text', parts: ['Look'] }, metadata)).toEqual([
    'text Look',
  ]);
});

it("an answer a tool wrote in the model's place names the tool, and its model by whichever name there is", async () => {
  const author = { role: 'assistant', metadata: { real_author: 'tool:web' } };
  const [found] = await conversationsOf(
    file(author, { content_type: 'text', parts: ['x'] }, { default_model_slug: 'm-2' }),
    'chatgpt',
  );
  expect(found?.messages[0]).toMatchObject({ role: 'assistant', authorName: 'tool:web', model: 'm-2' });
});
