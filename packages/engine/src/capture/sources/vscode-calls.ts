/**
 * Calls of tools in a chat of VS Code → parts. The answer shows how a call was told in the window; what it was called with and what came of it stand
 * apart, by the id of the call (`result.metadata`), or in what the editor keeps of the tool itself. Pure.
 */
import type { CanonicalPart } from '../canonical.ts';
import { filePart } from './attachments.ts';
import { toolCallPart, toolResultParts, wordsPart } from './content-blocks.ts';
import { asArray, asId, asName, asRecord, asRecords, type JsonRecord } from './json-value.ts';

export const wordsIn = (value: unknown): string | null => asName(value) ?? asName(asRecord(value)?.value);

/** What is told of the calls of one request, by their ids. */
export interface ToldCalls {
  readonly inputs: ReadonlyMap<string, unknown>;
  readonly outputs: ReadonlyMap<string, string>;
}

export function toldCalls(request: JsonRecord): ToldCalls {
  const metadata = asRecord(asRecord(request.result)?.metadata) ?? {};
  const calls = asRecords(metadata.toolCallRounds).flatMap((round) => asRecords(round.toolCalls));
  const inputs = calls.flatMap((call): [string, unknown][] => {
    const id = asId(call.id);
    return id === null ? [] : [[id, call.arguments ?? call.input]];
  });
  const outputs = Object.entries(asRecord(metadata.toolCallResults) ?? {}).flatMap(
    ([id, result]): [string, string][] => {
      const text = textsIn(asRecord(result)?.content ?? result).join('\n');
      return text === '' ? [] : [[id, text]];
    },
  );
  return { inputs: new Map(inputs), outputs: new Map(outputs) };
}

const mostTexts = 2_000;

/** The texts of an answer: as they are, or leaves of the tree the editor renders. */
function textsIn(value: unknown): string[] {
  const texts: string[] = [];
  const stack: { readonly value: unknown; readonly depth: number }[] = [{ value, depth: 0 }];
  for (let at = stack.pop(); at !== undefined && texts.length < mostTexts; at = stack.pop()) {
    const { value: one, depth } = at;
    if (typeof one === 'string') texts.push(one.toWellFormed());
    else if (depth < 60) {
      const record = asRecord(one);
      const inner = Array.isArray(one)
        ? one
        : record === null
          ? []
          : [record.text, record.value, record.node, record.children, record.content];
      for (const next of inner.toReversed())
        if (next !== undefined && next !== null) stack.push({ value: next, depth: depth + 1 });
    }
  }
  return texts.filter((text) => text !== '');
}

export function callParts(part: JsonRecord, told: ToldCalls): CanonicalPart[] {
  const data = asRecord(part.toolSpecificData);
  const result = asRecord(part.resultDetails);
  const id = asId(part.toolCallId) ?? '';
  const input =
    told.inputs.get(id) ?? commandOf(data) ?? inputOf(data) ?? result?.input ?? wordsIn(part.invocationMessage) ?? {};
  const call = toolCallPart(part.toolId, part.toolCallId, input);
  const shown = textsIn(result?.output).join('\n');
  const output =
    told.outputs.get(id) ??
    outputOf(data) ??
    (shown === '' ? null : shown) ??
    result?.output ??
    wordsIn(part.pastTenseMessage);
  return output === null || output === undefined
    ? [call]
    : [call, ...toolResultParts(part.toolId, part.toolCallId, output, result?.isError === true)];
}

/** A command as it was run: the person may have changed it. */
function commandOf(data: JsonRecord | null): unknown {
  if (data?.kind !== 'terminal') return undefined;
  const line = asRecord(data.commandLine);
  const command =
    asName(line?.userEdited) ?? asName(line?.toolEdited) ?? asName(line?.original) ?? asName(data.command);
  return command === null ? undefined : { command };
}

/** What a tool was asked, where the editor keeps that alone: the task of an agent below this one, things to do. */
function inputOf(data: JsonRecord | null): unknown {
  if (data === null) return undefined;
  if (data.kind === 'subagent') return { description: data.description, agent: data.agentName, prompt: data.prompt };
  return data.kind === 'input' ? data.rawInput : data;
}

function outputOf(data: JsonRecord | null): string | null {
  if (data === null) return null;
  const printed = asName(asRecord(data.terminalCommandOutput)?.text);
  return printed ?? (data.kind === 'subagent' ? asName(data.result) : null);
}

/** What was given with a prompt: files and pictures by their names, pasted words as they are. */
export function attached(variable: JsonRecord): CanonicalPart[] {
  const value = asRecord(variable.value);
  const uri = asRecord(value?.uri) ?? value;
  const path = asName(uri?.fsPath) ?? asName(uri?.path) ?? asName(uri?.external);
  const name = asName(variable.name);
  if (variable.kind === 'image') return [filePart({ name, mime: asName(variable.mimeType) }, 'image')];
  if (path !== null && variable.kind === 'file') return [filePart({ id: path, name: path }, 'file')];
  const pasted =
    asName(variable.code) ?? (variable.kind === 'paste' || variable.kind === 'string' ? asName(variable.value) : null);
  return wordsPart(pasted ?? name, 'context');
}

/** A question to the person in the answer, with what they chose. */
export function askedBack(part: JsonRecord): CanonicalPart[] {
  const questions = asRecords(part.questions).flatMap(
    (one) => wordsIn(one.question) ?? wordsIn(one.message) ?? wordsIn(one.title) ?? [],
  );
  const words = [wordsIn(part.title), wordsIn(part.message), ...questions].filter((line) => line !== null);
  const chosen = textsIn(Object.values(asRecord(part.data) ?? {}).concat(asArray(part.answers)));
  return [...wordsPart(words.join('\n\n')), ...wordsPart(chosen.join('\n'), 'context')];
}
