/**
 * Reports of ChatGPT's deep research that stand in no message of their own. Since 2026 the site shows them in a window beside the answer:
 * the answer is empty, and the report lies in the state of that window, in the metadata of a message or as JSON in the words of a hidden
 * one. Pure; what the report says is read by `chatgpt-content.ts`.
 */
import { asArray, asName, asRecord, type JsonRecord } from './json-value.ts';

/** What a hidden message of the tool begins with. */
const inWords = /^\s*The latest state of the widget is:\s*(?=\{)/;

/** A state, or the text of one; some wrap it once more. */
function stateIn(value: unknown): JsonRecord | null {
  let found = asRecord(value);
  if (typeof value === 'string' && value.includes('report_message')) {
    try {
      found = asRecord(JSON.parse(value));
    } catch {
      return null;
    }
  }
  return asRecord(found?.widget_state) ?? found;
}

/** The report as the message it is, with what it cites; null where there is none yet. */
function reportOf(state: unknown): JsonRecord | null {
  const report = asRecord(stateIn(state)?.report_message);
  return report !== null && wordsOf(report) !== '' ? report : null;
}

const wordsOf = (message: JsonRecord | null): string =>
  asArray(asRecord(message?.content)?.parts)
    .flatMap((part) => asName(part) ?? asName(asRecord(part)?.text) ?? [])
    .join('\n\n')
    .trim();

function inMetadata(message: JsonRecord): JsonRecord | null {
  const metadata = asRecord(message.metadata);
  const kit = asRecord(metadata?.chatgpt_sdk);
  const answer = asRecord(kit?.tool_response_metadata);
  const states = [kit?.widget_state, answer?.widget_state, answer?.venus_widget_state, metadata?.venus_widget_state];
  for (const state of states) {
    const report = reportOf(state);
    if (report !== null) return report;
  }
  return null;
}

function inText(message: JsonRecord): JsonRecord | null {
  const words = wordsOf(message);
  return inWords.test(words) ? reportOf(words.replace(inWords, '')) : null;
}

export interface Report {
  readonly message: JsonRecord;
  /** The words of the message that holds it are the state of its window, and say nothing else. */
  readonly inPlaceOfWords: boolean;
}

/**
 * Which messages a report is to be read from: each report once, though the state of its window may stand in several places, and none that a
 * message says in its own words.
 *
 * @param messages by the key of their node
 */
export function reportsIn(messages: ReadonlyMap<string, unknown>): ReadonlyMap<string, Report> {
  const found = new Map<string, Report>();
  const records = [...messages].flatMap(([key, value]) => {
    const message = asRecord(value);
    return message === null ? [] : [[key, message] as const];
  });
  const carriers = [
    ...records.map(([key, message]) => ({ key, report: inMetadata(message), inPlaceOfWords: false })),
    ...records.map(([key, message]) => ({ key, report: inText(message), inPlaceOfWords: true })),
  ];
  if (carriers.every(({ report }) => report === null)) return found;
  const said = new Set(records.map(([, message]) => wordsOf(message)));
  for (const { key, report, inPlaceOfWords } of carriers) {
    const words = wordsOf(report);
    if (report === null || said.has(words)) continue;
    said.add(words);
    found.set(key, { message: report, inPlaceOfWords });
  }
  return found;
}
