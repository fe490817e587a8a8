/**
 * What the window of Cline and its kin showed (`ui_messages.json`): rows of what was said and asked, each with its time → turns. Pure. It is read
 * where the messages themselves are gone; beside them it says the same again.
 */
import type { CanonicalPart } from '../canonical.ts';
import { linkedPart } from './attachments.ts';
import type { Turn } from './build-conversation.ts';
import { calledParts } from './cline-words.ts';
import { toolCallPart, toolResultParts, wordsPart } from './content-blocks.ts';
import { asArray, asId, asName, asRecord, fromJson, isRecord, type JsonRecord } from './json-value.ts';
import { model, person, program, type Speaker, tool } from './speakers.ts';

export const isShown = (value: unknown): boolean =>
  isRecord(value) && (value.type === 'say' || value.type === 'ask') && typeof value.ts === 'number';

/** Of the window: nothing of it was said. */
const shownOnly =
  /^(?:api_req_\w+|checkpoint\w*|mcp_server_request_started|resume_\w*task|load_mcp_documentation|task_progress|info|hook_\w+|shell_integration_\w+|deleted_api_reqs|command_permission_denied|use_subagents|subagent\w*)$/;

/** A row that says nothing, or says what a later one says whole. */
export const isOfWindow = (value: unknown): boolean =>
  isShown(value) &&
  isRecord(value) &&
  (value.partial === true || shownOnly.test(asName(value.say) ?? asName(value.ask) ?? ''));

/** Rows in order; those of one speaker that follow each other are one turn. */
export function shownTurns(rows: readonly unknown[]): Turn[] {
  const turns: Turn[] = [];
  let before: Speaker | null = null;
  rows.forEach((value, ix) => {
    const row = asRecord(value);
    if (row === null || (row.partial === true && ix < rows.length - 1)) return;
    const { speaker, parts } = shownParts(row, ix === 0);
    if (parts.length === 0) return;
    const last = turns.at(-1);
    if (last !== undefined && speaker === before && speaker !== person)
      turns[turns.length - 1] = { ...last, parts: [...last.parts, ...parts] };
    else turns.push({ id: null, ...speaker, parts, time: row.ts });
    before = speaker;
  });
  return turns;
}

function shownParts(row: JsonRecord, first: boolean): { speaker: Speaker; parts: CanonicalPart[] } {
  const what = asName(row.say) ?? asName(row.ask) ?? '';
  const text = asName(row.text);
  const json = asRecord(text?.startsWith('{') ? fromJson(text) : null);
  const thought = wordsPart(row.reasoning, 'reasoning');
  const images = asArray(row.images).flatMap((image) => (asName(image) === null ? [] : [linkedPart(image, 'image')]));
  const ofModel = (parts: CanonicalPart[]) => ({ speaker: model, parts: [...thought, ...parts, ...images] });
  if ((first && what === 'text') || what === 'task' || /^user_feedback/.test(what))
    return { speaker: person, parts: [...wordsPart(text), ...images] };
  if (shownOnly.test(what)) return { speaker: program, parts: [] };
  switch (what) {
    case 'reasoning':
      return ofModel(wordsPart(text, 'reasoning'));
    case 'text':
    case 'completion_result':
      return ofModel(wordsPart(text));
    case 'followup':
      return ofModel(json === null ? wordsPart(text) : calledParts('ask_followup_question', json));
    case 'plan_mode_respond':
      return ofModel(json === null ? wordsPart(text) : calledParts('plan_mode_respond', json));
    case 'command':
      return ofModel(text === null ? [] : [toolCallPart('execute_command', null, { command: text })]);
    case 'tool':
    case 'use_mcp_server':
    case 'browser_action':
    case 'browser_action_launch':
      return ofModel(
        text === null ? [] : [toolCallPart(asName(json?.tool) ?? asName(json?.toolName) ?? what, null, json ?? text)],
      );
    case 'command_output':
    case 'mcp_server_response':
    case 'browser_action_result':
    case 'subtask_result':
    case 'codebase_search_result':
      return { speaker: tool, parts: text === null ? [] : [...resultOf(what, json ?? text), ...images] };
    default:
      return {
        speaker: program,
        parts: [...wordsPart(text, /error|failed|limit/.test(what) ? 'error' : 'context'), ...images],
      };
  }
}

/** A picture of a browser stands inside of what it answered. */
function resultOf(what: string, output: JsonRecord | string): CanonicalPart[] {
  if (typeof output === 'string') return toolResultParts(what, null, output);
  const { screenshot, ...rest } = output;
  const shot = asName(screenshot);
  return [
    ...toolResultParts(what, null, Object.keys(rest).length === 0 ? '' : (asId(rest.text) ?? rest)),
    ...(shot === null ? [] : [linkedPart(shot, 'image')]),
  ];
}
