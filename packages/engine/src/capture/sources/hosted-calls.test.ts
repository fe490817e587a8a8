/** Tools that ran at the provider, as the responses interface names them: calls with what they gave, and no shape nobody knows. */
import { expect, it } from 'vitest';
import { contentOf } from './content-blocks.ts';
import { partsOfKey } from './known-by.ts';

const read = (...items: object[]) => {
  const { parts, unknown } = contentOf(items);
  expect(unknown).toEqual([]);
  return parts.map(
    ({ kind, toolName = '', text, attachment }) => `${kind} ${toolName}: ${attachment === undefined ? text : 'file'}`,
  );
};

it('are calls and results', () => {
  expect(
    read(
      { type: 'web_search_call', id: 'w', status: 'completed', action: { type: 'search', query: 'herons' } },
      { type: 'file_search_call', queries: ['roof'], results: [{ filename: 'a.md', text: 'Tile' }] },
      { type: 'code_interpreter_call', code: 'print(1)', outputs: [{ type: 'logs', logs: '1' }] },
      { type: 'image_generation_call', revised_prompt: 'a roof', result: 'iVBORw0KGgo=' },
      { type: 'mcp_call', name: 'find', server_label: 's', arguments: '{"q":1}', output: 'found' },
      { type: 'mcp_call', name: 'find', arguments: '{}', error: { message: 'No such page' } },
      { type: 'computer_call', call_id: 'c', action: { type: 'click' } },
      {
        type: 'computer_call_output',
        call_id: 'c',
        output: { type: 'computer_screenshot', image_url: 'data:image/png;base64,iVBORw0KGgo=' },
      },
      { type: 'local_shell_call', call_id: 'l', action: { command: ['ls'] } },
      { type: 'local_shell_call_output', call_id: 'l', output: 'a.txt' },
    ),
  ).toEqual([
    'tool_call web_search: {"type":"search","query":"herons"}',
    'tool_call file_search: {"queries":["roof"]}',
    'tool_result file_search: a.md: Tile',
    'tool_call code_interpreter: print(1)',
    'tool_result code_interpreter: 1',
    'tool_call image_generation: {"prompt":"a roof"}',
    'image : file',
    'tool_call find: {"q":1}',
    'tool_result find: found',
    'tool_call find: {}',
    'error find: No such page',
    'tool_call computer: {"type":"click"}',
    'tool_result computer: null',
    'image : file',
    'tool_call local_shell: {"command":["ls"]}',
    'tool_result local_shell: a.txt',
  ]);
});

it('without what they gave, and with nothing in them, are no more than they say', () => {
  expect(
    read(
      { type: 'web_search_call' },
      { type: 'file_search_call' },
      { type: 'code_interpreter_call' },
      { type: 'mcp_list_tools', tools: [] },
    ),
  ).toEqual(['tool_call web_search: {}', 'tool_call file_search: {"queries":[]}', 'tool_call code_interpreter: {}']);
});

it('a text has what it rests on, in the words of both interfaces, and is known as it was without', () => {
  const cited = {
    type: 'web_search_result_location',
    url: 'https://g.example',
    title: 'Gutters',
    cited_text: 'Clean them',
  };
  const noted = { type: 'url_citation', url: 'https://h.example', title: 'Herons', start_index: 0, end_index: 4 };
  const beyond = { type: 'file_citation', filename: 'a.md', start_index: 3, end_index: 900 };
  const { parts } = contentOf([
    { type: 'text', text: 'Clean it.', citations: [cited] },
    { type: 'output_text', text: 'They wade.', annotations: [noted, beyond, { type: 'file_path' }] },
  ]);
  expect(parts.map(({ citations }) => citations)).toEqual([
    [{ start: null, end: null, url: 'https://g.example', title: 'Gutters', snippet: 'Clean them' }],
    [
      { start: 0, end: 4, url: 'https://h.example', title: 'Herons', snippet: null },
      { start: null, end: null, url: null, title: 'a.md', snippet: null },
    ],
  ]);
  expect(partsOfKey(parts)).toEqual([
    { kind: 'text', text: 'Clean it.' },
    { kind: 'text', text: 'They wade.' },
  ]);
});
