/**
 * The words of Cline and its kin (Roo Code, Kilo Code) → parts. What the person wrote, what a tool answered and what the editor put around both
 * stand in one text of the person's, between tags; calls of tools stand as tags in the model's. Pure, and in time that grows with the text alone.
 */
import type { CanonicalPart } from '../canonical.ts';
import { toolCallPart, wordsPart } from './content-blocks.ts';

interface Tagged {
  readonly tag: string | null;
  readonly text: string;
}

const mostOpen = 200;

/** A text in stretches: within one of these tags, or between them. A tag that is never closed is none. */
function stretches(text: string, isTag: (name: string) => boolean): Tagged[] {
  const found: Tagged[] = [];
  const open = /<([a-z][a-z_]{2,40})(?: [^<>\n]{0,200})?>/g;
  const neverClosed = new Set<string>();
  let from = 0;
  for (let match = open.exec(text); match !== null; match = open.exec(text)) {
    const [whole, tag = ''] = match;
    if (!isTag(tag) || neverClosed.has(tag)) continue;
    const start = match.index + whole.length;
    const end = text.indexOf(`</${tag}>`, start);
    if (end < 0) {
      neverClosed.add(tag);
      // Text that is full of tags nobody closes is text.
      if (neverClosed.size > mostOpen) break;
      continue;
    }
    found.push({ tag: null, text: text.slice(from, match.index) }, { tag, text: text.slice(start, end).trim() });
    from = end + tag.length + 3;
    open.lastIndex = from;
  }
  found.push({ tag: null, text: text.slice(from) });
  return found.map((one) => ({ ...one, text: one.text.trim() })).filter(({ text: words }) => words !== '');
}

const ofPerson: ReadonlySet<string> = new Set(['task', 'user_message', 'feedback', 'answer', 'user_input']);
const ofEditor: ReadonlySet<string> = new Set([
  'environment_details',
  'file_content',
  'folder_content',
  'url_content',
  'explicit_instructions',
  'mode_notice',
  'workspace_diagnostics',
  'system_reminder',
]);
/** `[read_file for 'a.ts'] Result:`, or what was done of it. */
const answers = /^\[([a-z]\w{2,40})(?: [^\n]{0,1000}?)?\] Result:?[ \t]*\n?/;
/** What the program says in the person's place. */
const ofProgram =
  /^\[(?:TASK RESUMPTION|ERROR|PLAN MODE|ACT MODE)\b|^# (?:Context Window Usage|Current Mode|todo list)\b/i;

/** Whether a text is one of these programs' own: a person writes no such tags. */
export const isMarked = (text: string): boolean =>
  /^\s*<(?:task|user_message|feedback|environment_details|user_input)\b[^<>\n]{0,200}>/.test(text) ||
  answers.test(text);

/**
 * A text of the person's.
 * @param answering the tool whose answer goes on from the text before, or null
 * @returns its parts, and the tool whose answer may go on in the next text
 */
export function askedParts(
  text: string,
  answering: string | null,
): { readonly parts: CanonicalPart[]; readonly answering: string | null } {
  const match = answers.exec(text);
  const tool = match?.[1] ?? answering;
  const words = match === null ? text : text.slice(match[0].length);
  const parts = stretches(words, (tag) => ofPerson.has(tag) || ofEditor.has(tag)).flatMap((one): CanonicalPart[] => {
    if (one.tag !== null) return wordsPart(one.text, ofPerson.has(one.tag) ? 'text' : 'context');
    if (tool !== null) return [{ kind: 'tool_result', text: one.text, toolName: tool }];
    return wordsPart(one.text, ofProgram.test(one.text) ? 'context' : 'text');
  });
  return { parts, answering: tool };
}

/** Tools whose call says something to the person: it is what the model says, by the name of the field that holds it. */
const saying: Readonly<Record<string, string>> = {
  attempt_completion: 'result',
  ask_followup_question: 'question',
  plan_mode_respond: 'response',
  plan_mode_response: 'response',
};
const tools: ReadonlySet<string> = new Set([
  ...Object.keys(saying),
  ...['execute_command', 'read_file', 'write_to_file', 'replace_in_file', 'apply_diff', 'edit_file', 'insert_content'],
  ...['search_and_replace', 'search_files', 'list_files', 'list_code_definition_names', 'browser_action'],
  ...['use_mcp_tool', 'access_mcp_resource', 'new_task', 'switch_mode', 'fetch_instructions', 'codebase_search'],
  ...['update_todo_list', 'load_mcp_documentation', 'condense', 'new_rule', 'report_bug', 'web_fetch', 'web_search'],
  ...['generate_image', 'run_slash_command', 'task_progress', 'focus_chain'],
]);

/** A text of the model's: thoughts, words, calls. */
export const saidParts = (text: string): CanonicalPart[] =>
  stretches(text, (tag) => tag === 'thinking' || tools.has(tag)).flatMap(({ tag, text: words }): CanonicalPart[] => {
    if (tag === null) return wordsPart(words);
    if (tag === 'thinking') return wordsPart(words, 'reasoning');
    return calledParts(tag, fieldsIn(words));
  });

/** A call by its fields; one that speaks to the person is words, with what else it holds beside them. */
export function calledParts(name: string, fields: Readonly<Record<string, unknown>>): CanonicalPart[] {
  const { [saying[name] ?? '']: spoken, ...rest } = fields;
  if (!Object.hasOwn(saying, name) || typeof spoken !== 'string') return [toolCallPart(name, null, fields)];
  return [...wordsPart(spoken), ...(Object.keys(rest).length === 0 ? [] : [toolCallPart(name, null, rest)])];
}

function fieldsIn(words: string): Record<string, string> {
  const fields = stretches(words, () => true).filter((one) => one.tag !== null);
  return fields.length === 0
    ? { text: words }
    : Object.fromEntries(fields.map(({ tag, text }) => [tag ?? '', text.toWellFormed()]));
}

/** A text without its tags, as far as it is words. */
export const withoutTags = (text: string): string =>
  text.replace(answers, '').replace(/<\/?[a-z][a-z_]{2,40}(?: [^<>\n]{0,200})?>/g, '\n');
