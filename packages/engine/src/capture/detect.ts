/**
 * What a file of an export is, by its shape alone: never by its name. Every answer says how sure it is and why, in words
 * for the person. Asks every source of the registry; knows none itself.
 */
import { isUtf8 } from 'node:buffer';
import type { Source } from '@vivim/contract/conversation';
import { isRecord } from './sources/json-value.ts';
import { sourceModules } from './sources/registry.ts';
import type { Claim, Look, SidecarRule, SourceFormat, SourceModule } from './sources/source-module.ts';

export interface Found extends Claim {
  readonly source: Source;
  readonly format: SourceFormat;
}

/** The format that is surest a file is its own; of two as sure, the one that stands first. Null where none is. */
export function formatOf(look: Look, modules: readonly SourceModule[] = sourceModules): Found | null {
  let best: Found | null = null;
  for (const { source, formats } of modules) {
    for (const format of formats) {
      const claim = format.kind === look.kind ? format.claim(look) : null;
      if (claim !== null && (best === null || claim.confidence > best.confidence)) best = { source, format, ...claim };
    }
  }
  return best;
}

export interface Sidecar {
  readonly source: Source;
  readonly rule: SidecarRule;
  /** The account it names, or null. */
  readonly account: string | null;
}

/** What a file without conversations holds of an export, or null. */
export function sidecarOf(look: Look): Sidecar | null {
  const records = look.values.filter(isRecord);
  for (const record of records) {
    for (const { source, sidecars } of sourceModules) {
      const rule = sidecars?.find((one) => one.inList !== true && one.fits(record));
      if (rule === undefined) continue;
      return { source, rule, account: rule.account?.(record) ?? null };
    }
  }
  return null;
}

/** With its mark, or letters of Latin script with a zero beside each. */
const utf16 = /^(?:\xff\xfe[^\0]|\xfe\xff|(?:[\t\n\r -~]\0){8}|(?:\0[\t\n\r -~]){8})/;
const noSpeakers =
  'Nothing in it says who speaks: a transcript has headings or bold lines that name the person and the model, a table a column that does.';

/** What the first bytes of a file that is neither archive, page nor JSON look like, in words. */
export function guessOf(head: Buffer): string {
  const text = head.toString('latin1');
  if (text.startsWith('%PDF')) return 'It is a PDF document.';
  if (text.startsWith('7z\xbc\xaf') || text.startsWith('Rar!'))
    return 'It is an archive of a kind that cannot be read; make it a zip.';
  if (text.startsWith('SQLite format 3')) return 'It is an SQLite database of a kind not known here.';
  if (/^(?:.PNG|\xff\xd8\xff|GIF8|RIFF)/s.test(text)) return 'It is an image or a sound.';
  if (/^\s*(?:<!--[\s\S]{0,2000}?-->\s*){0,5}<(?:!doctype|html|head|\?xml)/i.test(text))
    return 'It is a web page, and no saved share page of a conversation.';
  if (utf16.test(text)) return `It is plain text in UTF-16. ${noSpeakers}`;
  if (text.includes('\0')) return 'Its bytes are of no kind known here.';
  // The last letter may be cut.
  return isUtf8(head) || isUtf8(head.subarray(0, -3))
    ? `It is plain text. ${noSpeakers}`
    : 'It is plain text, and not in UTF-8; where its letters look wrong, save it as UTF-8 and import it again.';
}
