/**
 * What a change makes of a document's text. Pure. Never guesses: a change that does not find what it names leaves the text as
 * it was and says why.
 */
import { RE2JS } from 're2js';

export interface PatternUpdate {
  readonly pattern: string;
  readonly replacement: string;
  /** Every place, not the first alone. */
  readonly multiple: boolean;
}

export type Edit =
  | { readonly kind: 'whole'; readonly text: string }
  | { readonly kind: 'replace'; readonly old: string; readonly by: string }
  | { readonly kind: 'patterns'; readonly updates: readonly PatternUpdate[] }
  /** A call that cannot be read. */
  | { readonly kind: 'unreadable' };

export interface Edited {
  readonly text: string;
  /** Why the text is not what the change was to make of it, for a person; or null. */
  readonly problem: string | null;
}

const noBase = 'What it changes is not in the export.';
const absent = 'The text it was to replace does not stand in the version before.';
const twice = 'The text it was to replace stands in the version before more than once; the first was replaced.';
const unreadable = 'The change cannot be read.';
const pattern = 'A pattern it searches for cannot be used here.';
/** A document larger than this is not grown further by patterns. Characters. */
const mostText = 8 * 1024 ** 2;

/** @param base the text before, or null where there is none */
export function applyEdit(base: string | null, edit: Edit): Edited {
  if (edit.kind === 'whole') return { text: edit.text, problem: null };
  if (edit.kind === 'unreadable') return { text: base ?? '', problem: unreadable };
  if (edit.kind === 'replace') return replaced(base, edit.old, edit.by);
  let text = base;
  const problems = new Set<string>();
  for (const update of edit.updates) {
    const next = patched(text, update);
    text = next.text;
    if (next.problem !== null) problems.add(next.problem);
  }
  return { text: text ?? '', problem: problems.size === 0 ? null : [...problems].join(' ') };
}

function replaced(base: string | null, old: string, by: string): Edited {
  if (base === null) return { text: by, problem: noBase };
  const at = base.indexOf(old);
  if (at < 0 || (old === '' && base !== '')) return { text: base, problem: absent };
  const text = base.slice(0, at) + by + base.slice(at + old.length);
  return { text, problem: old !== '' && base.includes(old, at + 1) ? twice : null };
}

/** ChatGPT's way to write a document anew: one pattern that matches all of it. */
const everything = /^\(?\^?\.[*+]\$?\)?$|^\[\\s\\S\][*+]$/;

/** The pattern is written for Python; RE2 reads nearly the same language and cannot be made to run for ever. */
function patched(base: string | null, { pattern: source, replacement, multiple }: PatternUpdate): Edited {
  if (everything.test(source)) return { text: replacement, problem: null };
  if (base === null) return { text: '', problem: noBase };
  try {
    const matcher = RE2JS.compile(source, RE2JS.DOTALL).matcher(base);
    const pieces: string[] = [];
    let from = 0;
    while (matcher.find()) {
      const group = (ix: number): string => (ix > matcher.groupCount() ? '' : (matcher.group(ix) ?? ''));
      pieces.push(base.slice(from, matcher.start()), expanded(replacement, group));
      from = matcher.end();
      if (!multiple) break;
    }
    if (pieces.length === 0) return { text: base, problem: absent };
    const text = pieces.join('') + base.slice(from);
    return text.length > mostText ? { text: base, problem: pattern } : { text, problem: null };
  } catch {
    return { text: base, problem: pattern };
  }
}

/** A replacement as Python expands one (https://docs.python.org/3/library/re.html#re.Match.expand). */
const expanded = (text: string, group: (ix: number) => string): string =>
  text.replace(/\\g<(\d{1,2})>|\\(\d)|\\n|\\t|\\\\/g, (found, named?: string, digit?: string) => {
    const ix = named ?? digit;
    if (ix !== undefined) return group(Number(ix));
    return found === '\\n' ? '\n' : found === '\\t' ? '\t' : '\\';
  });
