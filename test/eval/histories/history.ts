/**
 * Made-up histories of people who do not write English, one file for each language, written for this project. Reads them; knows no
 * space. A file says first what a person would list, then what was said:
 *
 * | line                     | says                                                                            |
 * |--------------------------|---------------------------------------------------------------------------------|
 * | `= main \| other`        | a topic a person would list, and ways to call it that are as good               |
 * | `~ label \| label`       | labels nobody would miss and nobody would mind                                  |
 * | `@ type name \| other`   | whom or what is named; `?` where the sort may be any                            |
 * | `~@ name \| name`        | names nobody would mind                                                         |
 * | `## title`               | a conversation begins                                                           |
 * | `> text`, `< text`       | what the person says, what the model says                                       |
 * | `? question`             | a question this conversation answers                                            |
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface HistoryTalk {
  readonly title: string;
  readonly lines: readonly string[];
  readonly questions: readonly string[];
}

export interface HistoryName {
  /** Null where any will do. */
  readonly type: string | null;
  readonly names: readonly string[];
}

export interface History {
  readonly language: string;
  readonly talks: readonly HistoryTalk[];
  /** Each with every way of calling it. */
  readonly topics: readonly (readonly string[])[];
  readonly alsoTopics: readonly string[];
  readonly names: readonly HistoryName[];
  readonly alsoNames: readonly string[];
}

const directory = import.meta.dirname;

const variants = (text: string): string[] => text.split('|').map((each) => each.trim());

/**
 * @param heldOut the shorter one of another person, written after the rules were
 * @throws Error that names the file and the line that is none of the above
 */
export function readHistory(language: string, heldOut = false): History {
  const talks: { title: string; lines: string[]; questions: string[] }[] = [];
  const topics: string[][] = [];
  const alsoTopics: string[] = [];
  const names: HistoryName[] = [];
  const alsoNames: string[] = [];
  const file = join(directory, heldOut ? 'held-out' : '.', `${language}.txt`);
  for (const [n, line] of readFileSync(file, 'utf8').split('\n').entries()) {
    if (line === '') continue;
    const [mark = ''] = line.split(' ', 1);
    const text = line.slice(mark.length + 1);
    const talk = talks.at(-1);
    if (mark === '=') topics.push(variants(text));
    else if (mark === '~') alsoTopics.push(...variants(text));
    else if (mark === '~@') alsoNames.push(...variants(text));
    else if (mark === '@') {
      const [type = ''] = text.split(' ', 1);
      names.push({ type: type === '?' ? null : type, names: variants(text.slice(type.length)) });
    } else if (mark === '##') talks.push({ title: text, lines: [], questions: [] });
    else if (talk !== undefined && mark === '?') talk.questions.push(text);
    else if (talk !== undefined && mark === (talk.lines.length % 2 === 0 ? '>' : '<')) talk.lines.push(text);
    else throw new Error(`${file}:${n + 1}: this is no line of a history: ${line}`);
  }
  return { language, talks, topics, alsoTopics, names, alsoNames };
}

/** Languages there is a history in. */
export const historyLanguages: readonly string[] = readdirSync(directory)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => name.slice(0, -'.txt'.length))
  .sort();
