/** An export of any size for each source: its small sample again and again, every copy with ids and words of its own, as files of one zip. */
import type { Source } from '@vivim/contract/conversation';
import { sourceSeeds } from '../../kit/source-seeds.ts';
import { zipOf } from '../../kit/zip-builder.ts';
import { Writer } from '../synthetic.ts';

const idField = /("(?:\w*(?:id|Id|uuid|Uuid|parent|thread|titleUrl|current_node))"\s*:\s*")([^"]+)"/g;
/** Where a program gives no id, the time a conversation began at is what it is known by. */
const begun = /("(?:createdAt|ts)"\s*:\s*)(\d+)/g;
const written = /2026-01-02T03:04:05\.000Z/g;
const nodeKey = /"(a|b|c|root|1|2)":\s*\{/g;
const shortWords = /\b(?:Hi|Yo|Hello|Bye|Yes|Hm)\b/g;
const sqlite = Buffer.from('SQLite format 3\0');

/** Null for a source whose sample is a database: a copy of one cannot be varied as text. */
export function seedArchive(source: Source, megabytes: number): Buffer | null {
  const seed = sourceSeeds[source];
  if (seed.subarray(0, sqlite.length).equals(sqlite)) return null;
  const writer = new Writer(41);
  const text = seed.toString('utf8');
  const members = [];
  for (let bytes = 0, ix = 0; bytes < megabytes * 1e6; ix += 1) {
    const copy = text
      .replace(idField, (_, field: string, id: string) => `${field}${id}-${ix}"`)
      .replace(begun, (_, field: string, at: string) => `${field}${Number(at) + ix * 10}`)
      .replace(nodeKey, (_, key: string) => `"${key}-${ix}": {`)
      .replace(written, (time) => new Date(Date.parse(time) + ix * 60_000).toISOString())
      .replace(/\b[TW]\b/g, (word) => `${word} ${ix}`)
      .replace(shortWords, (word) => `${word} ${ix}. ${writer.text(8)}`.replaceAll('"', "'"));
    bytes += copy.length;
    members.push({
      name: `${ix}/export${ix}.${text.startsWith('#') || text.startsWith('-') ? 'md' : 'json'}`,
      bytes: copy,
    });
  }
  return zipOf(members);
}
