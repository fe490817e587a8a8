/**
 * Items of OpenAI's responses for tools that ran at the provider, and for those that run on a screen or in a shell → the same as calls and
 * results of any tool. JSON in, JSON out. Pure.
 */
import { asArray, asName, asRecord, asRecords, type JsonRecord } from './json-value.ts';

type Blocks = (item: JsonRecord) => readonly JsonRecord[];

const call = (name: unknown, id: unknown, input: unknown): JsonRecord => ({
  type: 'tool_call',
  name,
  ...(id === undefined ? {} : { id }),
  arguments: input ?? {},
});

const result = (name: unknown, id: unknown, content: unknown, failed = false): JsonRecord[] =>
  content === undefined || content === null || (Array.isArray(content) && content.length === 0)
    ? []
    : [{ type: 'tool_result', name, ...(id === undefined ? {} : { tool_use_id: id }), content, is_error: failed }];

/** A call of one that gives what it did in an item of its own. */
const acting =
  (name: string): Blocks =>
  ({ call_id: id, action, actions, operation }) => [call(name, id, action ?? actions ?? operation)];

const given =
  (name: string): Blocks =>
  ({ call_id: id, output }) =>
    result(name, id, isPicture(output) ? [{ type: 'image', image_url: asRecord(output)?.image_url }] : output);

const isPicture = (output: unknown): boolean => asName(asRecord(output)?.image_url) !== null;

/** What a program printed; pictures it drew stand by themselves. */
const outputsOf = (outputs: unknown): unknown[] =>
  asRecords(outputs).flatMap(({ logs, url }): unknown[] => [
    ...(asName(logs) === null ? [] : [{ type: 'text', text: logs }]),
    ...(asName(url) === null ? [] : [{ type: 'image', image_url: url }]),
  ]);

export const hostedCalls: ReadonlyMap<string, Blocks> = new Map<string, Blocks>([
  ['web_search_call', ({ action }) => [call('web_search', undefined, action)]],
  [
    'file_search_call',
    ({ queries, results }) => [
      call('file_search', undefined, { queries: asArray(queries) }),
      ...result(
        'file_search',
        undefined,
        asRecords(results).flatMap(({ text, filename }) =>
          asName(text) === null ? [] : [{ type: 'text', text: [filename, text].filter(Boolean).join(': ') }],
        ),
      ),
    ],
  ],
  [
    'code_interpreter_call',
    ({ code, outputs }) => [
      call('code_interpreter', undefined, code),
      ...result('code_interpreter', undefined, outputsOf(outputs)),
    ],
  ],
  [
    'image_generation_call',
    ({ revised_prompt: prompt, result: picture }) => [
      call('image_generation', undefined, { prompt: prompt ?? null }),
      ...(asName(picture) === null ? [] : [{ type: 'image', source: { data: picture, media_type: 'image/png' } }]),
    ],
  ],
  [
    'mcp_call',
    ({ name, arguments: input, output, error }) => [
      call(name, undefined, input),
      ...result(name, undefined, output ?? asRecord(error)?.message ?? error, (error ?? null) !== null),
    ],
  ],
  ['mcp_approval_request', ({ name, arguments: input }) => [call(name, undefined, input)]],
  // Definitions of tools, and what points to an item the service holds.
  ['mcp_list_tools', () => []],
  ['item_reference', () => []],
  ['computer_call', acting('computer')],
  ['computer_call_output', given('computer')],
  ['local_shell_call', acting('local_shell')],
  ['local_shell_call_output', given('local_shell')],
  ['shell_call', acting('shell')],
  ['shell_call_output', given('shell')],
  ['apply_patch_call', acting('apply_patch')],
  ['apply_patch_call_output', given('apply_patch')],
]);
