/** Versions of documents: what edits make of a text, branch by branch, and the part that says what the active branch ends with. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CanonicalConversation, CanonicalMessage, CanonicalPart } from '../canonical.ts';
import { applyEdit } from './apply-edit.ts';
import { artifactIssues, artifactVersions, withLatestArtifacts } from './artifact-versions.ts';

const none = { ms: null, raw: null };
const message = (
  key: string,
  parentKey: string | null,
  parts: CanonicalPart[],
  onActivePath = true,
): CanonicalMessage => ({
  key,
  externalId: key,
  parentKey,
  siblingIx: 0,
  role: 'assistant',
  authorName: null,
  authorKind: 'model',
  model: null,
  channel: null,
  created: none,
  hidden: false,
  hiddenReason: null,
  status: null,
  weight: null,
  onActivePath,
  parts,
});
const conversation = (messages: CanonicalMessage[]): CanonicalConversation => ({
  source: 'claude',
  accountHash: '',
  externalId: 'x',
  key: 'x',
  title: null,
  created: none,
  updated: none,
  activeLeafKey: messages.at(-1)?.key ?? null,
  projectId: null,
  assistantId: null,
  defaultModel: null,
  flags: {},
  branchPoints: 0,
  messages,
});
const create = (id: string, text: string, command = 'create'): CanonicalPart => ({
  kind: 'artifact',
  text,
  toolName: 'artifacts',
  json: JSON.stringify({ command, id, title: 'A list', type: 'text/markdown' }),
});
const call = (toolName: string, input: object): CanonicalPart => ({
  kind: 'tool_call',
  text: JSON.stringify(input),
  toolName,
});
const update = (id: string, old_str: string, new_str: string) =>
  call('artifacts', { command: 'update', id, old_str, new_str });
const canvas = (name: string, text: string): CanonicalPart => ({
  kind: 'artifact',
  text,
  toolName: 'canmore.create_textdoc',
  json: JSON.stringify({ name, type: 'document' }),
});

describe('applying edits', () => {
  it('writes whole whatever was there before', () => {
    fc.assert(
      fc.property(fc.option(fc.string()), fc.string(), (base, text) => {
        expect(applyEdit(base, { kind: 'whole', text })).toEqual({ text, problem: null });
      }),
    );
  });
  it('replaces a text that stands once, and undoing it gives the text before', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string({ minLength: 1 }),
        fc.string(),
        fc.string({ minLength: 1 }),
        (a, old, b, by) => {
          const base = a + old + b;
          fc.pre(base.indexOf(old) === a.length && base.lastIndexOf(old) === a.length);
          const there = applyEdit(base, { kind: 'replace', old, by });
          expect(there).toEqual({ text: a + by + b, problem: null });
          fc.pre(there.text.indexOf(by) === a.length && there.text.lastIndexOf(by) === a.length);
          expect(applyEdit(there.text, { kind: 'replace', old: by, by: old }).text).toBe(base);
        },
      ),
    );
  });
  it('leaves the text alone and says why where the old text is absent', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1 }), fc.string(), (base, old, by) => {
        fc.pre(!base.includes(old));
        const edited = applyEdit(base, { kind: 'replace', old, by });
        expect(edited.text).toBe(base);
        expect(edited.problem).toContain('does not stand');
      }),
    );
  });
  it('never throws and never loses the text, whatever a pattern is', () => {
    fc.assert(
      fc.property(
        fc.option(fc.string()),
        fc.string(),
        fc.string(),
        fc.boolean(),
        (base, pattern, replacement, multiple) => {
          const edited = applyEdit(base, { kind: 'patterns', updates: [{ pattern, replacement, multiple }] });
          if (edited.problem !== null) expect(edited.text).toBe(base ?? '');
        },
      ),
    );
  });
  it.each([
    ['.*', 'all new', false, 'all new', null],
    ['two', '2', false, 'one 2 three two', null],
    ['two', '2', true, 'one 2 three 2', null],
    ['(one) (two)', '\\2 \\1', false, 'two one three two', null],
    ['one', '$1 \\n', false, '$1 \n two three two', null],
    ['(?<=one )two', '2', false, 'one two three two', 'cannot be used'],
    ['four', '4', false, 'one two three two', 'does not stand'],
  ])('replaces %s by %s', (pattern, replacement, multiple, text, problem) => {
    const edited = applyEdit('one two three two', { kind: 'patterns', updates: [{ pattern, replacement, multiple }] });
    expect(edited.text).toBe(text);
    if (problem === null) expect(edited.problem).toBeNull();
    else expect(edited.problem).toContain(problem);
  });
});

describe('versions', () => {
  it('numbers create, update and rewrite, and the last is latest', () => {
    const versions = artifactVersions([
      message('1', null, [create('a', 'milk\neggs')]),
      message('2', '1', [update('a', 'eggs', 'bread')]),
      message('3', '2', [create('a', 'nothing', 'rewrite')]),
    ]);
    expect(versions.map(({ version, op, text, latest }) => [version, op, text, latest])).toEqual([
      [1, 'create', 'milk\neggs', false],
      [2, 'update', 'milk\nbread', false],
      [3, 'rewrite', 'nothing', true],
    ]);
    expect(versions[1]).toMatchObject({ title: 'A list', mime: 'text/markdown' });
  });
  it('applies a change to its own branch', () => {
    const versions = artifactVersions([
      message('1', null, [create('a', 'x')]),
      message('2', '1', [update('a', 'x', 'left')], false),
      message('3', '1', [update('a', 'x', 'right')]),
      message('4', '2', [update('a', 'left', 'far left')], false),
    ]);
    expect(versions.map(({ text, latest }) => [text, latest])).toEqual([
      ['x', false],
      ['left', false],
      ['right', true],
      ['far left', false],
    ]);
  });
  it('gives a canvas update to the document made last', () => {
    const change = (replacement: string) =>
      call('canmore.update_textdoc', { updates: [{ pattern: 'b', replacement }] });
    const versions = artifactVersions([
      message('1', null, [canvas('One', 'a b')]),
      message('2', '1', [canvas('Two', 'b')]),
      message('3', '2', [change('c')]),
    ]);
    expect(versions.at(-1)).toMatchObject({ key: 'Two', version: 2, text: 'c' });
  });
  it('reads files a tool created and changed', () => {
    const versions = artifactVersions([
      message('1', null, [call('create_file', { path: '/out/a.md', file_text: 'old words' })]),
      message('2', '1', [call('str_replace', { path: '/out/a.md', old_str: 'old', new_str: 'new' })]),
    ]);
    expect(versions.at(-1)).toMatchObject({ key: '/out/a.md', title: 'a.md', text: 'new words', latest: true });
  });
  it('says of a change without its base that it is degraded', () => {
    const versions = artifactVersions([message('1', null, [update('gone', 'a', 'b')])]);
    expect(versions[0]).toMatchObject({ text: 'b', latest: true });
    expect(artifactIssues(versions)).toMatchObject([{ severity: 'degraded', code: 'artifact_version_incomplete' }]);
  });
});

describe('the part the active branch ends with', () => {
  const edited = conversation([
    message('1', null, [create('a', 'milk')]),
    message('2', '1', [update('a', 'milk', 'tea')]),
  ]);
  it('stands in the message that made it, once, however often it is made', () => {
    const once = withLatestArtifacts(edited);
    expect(once.messages[1]?.parts.map(({ kind, text }) => [kind, text]).at(-1)).toEqual(['artifact', 'tea']);
    expect(withLatestArtifacts(once)).toEqual(once);
    expect(artifactVersions(once.messages)).toEqual(artifactVersions(edited.messages));
  });
  it('moves when a newer version comes', () => {
    const longer = withLatestArtifacts(edited);
    const more = { ...longer, messages: [...longer.messages, message('3', '2', [update('a', 'tea', 'cocoa')])] };
    const parts = withLatestArtifacts(more).messages.map(({ parts }) => parts.length);
    expect(parts).toEqual([1, 1, 2]);
  });
  it('is not made where the document was written whole', () => {
    const whole = conversation([message('1', null, [create('a', 'milk')])]);
    expect(withLatestArtifacts(whole)).toBe(whole);
  });
});
