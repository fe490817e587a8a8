/** What stands between the messages of a Codex log → parts of the answer it was done for: reasoning, tools, pictures. Pure. */
import type { CanonicalPart } from '../canonical.ts';
import { inlinePart } from './attachments.ts';
import { contentOf, rawPart, toolCallPart, toolResultParts } from './content-blocks.ts';
import { asArray, asName, asRecord, type JsonRecord } from './json-value.ts';

/** Of the program, or encrypted: nothing in it can be read. */
const opaque = new Set([
  'ghost_snapshot',
  'compaction',
  'compaction_summary',
  'context_compaction',
  'compaction_trigger',
  'configuration_update',
  'additional_tools',
]);

export const isOpaque = (payload: JsonRecord): boolean => opaque.has(asName(payload.type) ?? '');

/** Reasoning, and what was done with tools. */
export function workOf(payload: JsonRecord): CanonicalPart[] {
  switch (payload.type) {
    case 'reasoning': {
      const { parts } = contentOf([payload]);
      // What is encrypted is opaque: there is nothing to read.
      return parts;
    }
    case 'function_call':
      return [toolCallPart(payload.name, payload.call_id, payload.arguments)];
    case 'custom_tool_call':
      return [toolCallPart(payload.name, payload.call_id, payload.input)];
    case 'local_shell_call':
      return [toolCallPart('local_shell', payload.call_id ?? payload.id, payload.action)];
    case 'web_search_call':
      return [toolCallPart('web_search', payload.id, payload.action)];
    case 'function_call_output':
    case 'custom_tool_call_output':
    case 'local_shell_call_output':
      return toolResultParts(null, payload.call_id, outputOf(payload.output));
    case 'tool_search_call':
      return [toolCallPart('tool_search', payload.call_id ?? payload.id, payload.arguments)];
    case 'tool_search_output':
      return toolResultParts('tool_search', payload.call_id, payload.tools ?? []);
    case 'image_generation_call':
      return [
        toolCallPart('image_generation', payload.id, { prompt: payload.revised_prompt ?? null }),
        inlinePart(payload.result, 'image/png', 'image'),
      ];
    case 'agent_message':
      // One agent to another.
      return contentOf(payload.content, 'tool_result').parts.filter(({ kind }) => kind !== 'raw');
    default:
      return [rawPart(payload)];
  }
}

/** Some versions write `{content, success}`, some the same as a string of JSON, some the words alone. */
function outputOf(output: unknown): unknown {
  const record = asRecord(output);
  if (record !== null) return record.content ?? record.output ?? record;
  return Array.isArray(output) ? asArray(output) : output;
}
