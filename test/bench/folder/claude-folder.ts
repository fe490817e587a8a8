/** A folder as Claude Code leaves one: a directory for each project, a log for each session, most short and some of many megabytes. Made up, by a seed. */
import { appendFileSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { random, Writer } from '../synthetic.ts';

const projects = 30;
const begunMs = Date.UTC(2026, 0, 5);
/** Of a session, at least and at most: half are little more than the first, and few come near the last. Bytes. */
const sizes = { least: 20e3, most: 40e6 };
/** Written at once. Bytes. */
const together = 4e6;

/** @returns how many sessions there are */
export function writeClaudeFolder(directory: string, bytes: number, seed = 11): number {
  const writer = new Writer(seed);
  const next = random(seed);
  let sessions = 0;
  for (let written = 0; written < bytes; sessions += 1) {
    const project = `-home-alice-${sessions % projects}`;
    mkdirSync(join(directory, project), { recursive: true });
    // A high power of a random number: sizes of logs lie orders of magnitude apart.
    const size = Math.min(bytes - written, sizes.least + (sizes.most - sizes.least) * next() ** 9);
    written += writeSession(join(directory, project, `session-${sessions}.jsonl`), sessions, size, writer, next);
  }
  return sessions;
}

function writeSession(path: string, session: number, size: number, writer: Writer, next: () => number): number {
  writeFileSync(path, '');
  let [written, held, before] = [0, '', null as string | null];
  const sessionId = `session-${session}`;
  for (let line = 0; written + held.length < size; line += 1) {
    const uuid = `${sessionId}-${line}`;
    const timestamp = new Date(begunMs + session * 3_600_000 + line * 20_000).toISOString();
    held += `${JSON.stringify({ parentUuid: before, sessionId, uuid, timestamp, cwd: '/home/alice/garden', version: '2.0.1', ...said(line, uuid, writer, next) })}\n`;
    before = uuid;
    if (held.length < together) continue;
    appendFileSync(path, held);
    written += held.length;
    held = '';
  }
  appendFileSync(path, held);
  utimesSync(path, begunMs / 1000, begunMs / 1000 + session);
  return written + held.length;
}

/** Asked, called, answered by the tool, said: in turn. */
function said(line: number, uuid: string, writer: Writer, next: () => number): object {
  if (line % 6 === 0) return { type: 'user', message: { role: 'user', content: writer.text(3) } };
  if (line % 6 === 5)
    return {
      type: 'assistant',
      message: { role: 'assistant', model: 'claude-sonnet', content: [{ type: 'text', text: writer.text(8) }] },
    };
  const id = `call-${uuid.slice(0, uuid.lastIndexOf('-'))}-${line - ((line % 6) % 2 === 0 ? 1 : 0)}`;
  if (line % 2 === 1) {
    const input = { file_path: `/home/alice/garden/${writer.word()}.ts`, limit: 200 };
    return {
      type: 'assistant',
      message: { role: 'assistant', model: 'claude-sonnet', content: [{ type: 'tool_use', id, name: 'Read', input }] },
    };
  }
  const rows = Array.from({ length: 10 + Math.floor(next() * 60) }, (_, row) => `${row + 1}\t${writer.sentence()}`);
  return {
    type: 'user',
    message: { role: 'user', content: [{ type: 'tool_result', tool_use_id: id, content: rows.join('\n') }] },
  };
}
