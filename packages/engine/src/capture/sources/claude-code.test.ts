import { describe, expect, it } from 'vitest';
import { type CanonicalConversation, noContext, type Reading } from '../canonical.ts';
import { claudeCode } from './claude-code.ts';

const rowsOf = (...rows: unknown[]) => Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n'));
const read = (...rows: unknown[]): Reading => claudeCode.read(rowsOf(...rows), noContext);
const conversation = (reading: Reading): CanonicalConversation => {
  if (reading.outcome !== 'conversation') throw new Error(reading.issue.detail);
  return reading.conversation;
};
let at = 0;
const row = (type: string, uuid: string, parentUuid: string | null, content: unknown, rest: object = {}) => ({
  type,
  uuid,
  parentUuid,
  sessionId: 's1',
  timestamp: `2026-01-01T00:00:0${at++ % 10}.000Z`,
  message: { role: type, content },
  ...rest,
});
const tree = (reading: Reading) =>
  conversation(reading).messages.map(({ key, parentKey, onActivePath }) => [key, parentKey, onActivePath]);

describe('a Claude Code session', () => {
  it('is a tree of rows, and its id is the session', () => {
    const reading = read(
      { type: 'summary', summary: 'Fix the tests', leafUuid: 'c' },
      row('user', 'a', null, 'Fix the tests', { cwd: '/home/me/app', gitBranch: 'main' }),
      row('assistant', 'b', 'a', [{ type: 'text', text: 'On it.' }], {
        message: { role: 'assistant', model: 'claude-x', content: [{ type: 'text', text: 'On it.' }] },
      }),
      row('user', 'c', 'b', 'No, wait'),
      row('user', 'c2', 'b', 'Go on'),
    );
    expect(tree(reading)).toEqual([
      ['a', null, true],
      ['b', 'a', true],
      ['c', 'b', false],
      ['c2', 'b', true],
    ]);
    expect(conversation(reading)).toMatchObject({
      externalId: 's1',
      title: 'Fix the tests',
      projectId: '/home/me/app',
      defaultModel: 'claude-x',
      branchPoints: 1,
      flags: { git_branch: 'main' },
    });
  });

  describe('with calls that ran side by side', () => {
    const block = (uuid: string, parent: string, message: string, ...content: object[]) =>
      row('assistant', uuid, parent, content, {
        message: { role: 'assistant', id: message, model: 'claude-x', content },
      });
    const call = (id: string) => ({ type: 'tool_use', id, name: 'Bash', input: { command: id } });
    const result = (uuid: string, parent: string, id: string) =>
      row('user', uuid, parent, [{ type: 'tool_result', tool_use_id: id, content: id }]);
    const ask = row('user', 'u', null, 'Look at both');
    const keys = (...rows: unknown[]) => {
      const { messages, branchPoints } = conversation(read(...rows));
      expect(messages.map(({ key }) => key).sort()).toEqual(rows.map((one) => (one as { uuid: string }).uuid).sort());
      return [branchPoints, ...messages.filter(({ onActivePath }) => onActivePath).map(({ key }) => key)];
    };

    it('is one line, whichever of the results it went on from, and however the rows were written', () => {
      const [a, b] = [block('a', 'u', 'm', call('1')), block('b', 'a', 'm', call('2'))];
      const [ra, rb] = [result('ra', 'a', '1'), result('rb', 'b', '2')];
      const end = (parent: string) => block('z', parent, 'n', { type: 'text', text: 'Done.' });
      expect(keys(ask, a, b, ra, rb, end('rb'))).toEqual([0, 'u', 'a', 'b', 'ra', 'rb', 'z']);
      expect(keys(ask, a, b, rb, ra, end('ra'))).toEqual([0, 'u', 'a', 'b', 'rb', 'ra', 'z']);
      expect(keys(ask, a, ra, b, rb, end('rb'))).toEqual([0, 'u', 'a', 'ra', 'b', 'rb', 'z']);
      expect(keys(ask, a, b, ra, rb)).toEqual([0, 'u', 'a', 'b', 'ra', 'rb']);
    });

    it('keeps what really is a branch', () => {
      const [a, b] = [block('a', 'u', 'm', call('1')), block('b', 'a', 'm', call('2'))];
      const [ra, rb] = [result('ra', 'a', '1'), result('rb', 'b', '2')];
      const [one, two] = ['x', 'y'].map((uuid) => block(uuid, 'rb', uuid, { type: 'text', text: uuid }));
      expect(keys(ask, a, b, ra, rb, one, two)).toEqual([1, 'u', 'a', 'b', 'ra', 'rb', 'y']);
      expect(keys(ask, a, b, ra, rb, row('user', 'v', 'a', 'No, only one'))).toEqual([1, 'u', 'a', 'v']);
      expect(
        keys(ask, block('a', 'u', 'm', { type: 'text', text: 'x' }), block('b', 'u', 'n', { type: 'text', text: 'y' })),
      ).toEqual([1, 'u', 'b']);
    });

    it('and was replayed further down in the log, is a line each', () => {
      const copy = (suffix: string, from: string) => [
        block(`a${suffix}`, from, 'm', call('1')),
        block(`b${suffix}`, `a${suffix}`, 'm', call('2')),
        result(`ra${suffix}`, `a${suffix}`, '1'),
        result(`rb${suffix}`, `b${suffix}`, '2'),
      ];
      const line = (suffix: string) => ['a', 'b', 'ra', 'rb'].map((key) => `${key}${suffix}`);
      expect(keys(ask, ...copy('1', 'u'), row('user', 'w', 'rb1', 'Again'), ...copy('2', 'w'))).toEqual([
        0,
        'u',
        ...line('1'),
        'w',
        ...line('2'),
      ]);
    });
  });

  it('tells pictures a tool gave, agents and the program from people', () => {
    const png = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo=' } };
    const kinds = conversation(
      read(
        row('user', 'a', null, 'Look at it'),
        row('user', 'b', 'a', [{ type: 'tool_result', tool_use_id: 't', content: [png] }]),
        row('user', 'c', 'b', '<task-notification>\n<task-id>b</task-id>\n</task-notification>'),
        row('user', 'd', 'c', '<teammate-message teammate_id="x">Found it</teammate-message>'),
        row('user', 'e', 'd', [{ type: 'text', text: '[Request interrupted by user for tool use]' }]),
        row('user', 'f', 'e', 'Done there', { origin: { kind: 'peer' } }),
        row('user', 'g', 'f', 'And now?', { origin: { kind: 'human' } }),
        row('user', 'h', 'g', [{ type: 'text', text: 'See' }, png]),
      ),
    ).messages.map(({ authorKind }) => authorKind);
    expect(kinds).toEqual(['human', 'tool', 'runtime', 'runtime', 'runtime', 'runtime', 'human', 'human']);
  });

  it('tells who wrote a row of the role user', () => {
    const reading = read(
      row('user', 'a', null, 'Run it'),
      row('assistant', 'b', 'a', [
        { type: 'thinking', thinking: 'Let me see.' },
        { type: 'tool_use', id: 't', name: 'Bash', input: { command: 'ls' } },
      ]),
      row('user', 'c', 'b', [{ type: 'tool_result', tool_use_id: 't', content: [{ type: 'text', text: 'a.txt' }] }]),
      row('user', 'd', 'c', '<local-command-stdout>ok</local-command-stdout>'),
      row('user', 'e', 'd', 'What came before, in short', { isCompactSummary: true }),
      row('user', 'f', 'e', 'A caveat', { isMeta: true }),
    );
    expect(conversation(reading).messages.map(({ authorKind, hiddenReason }) => [authorKind, hiddenReason])).toEqual([
      ['human', null],
      ['model', null],
      ['tool', null],
      ['runtime', null],
      ['context', 'compact_summary'],
      ['runtime', 'meta'],
    ]);
    expect(
      conversation(reading)
        .messages.slice(1, 3)
        .map(({ parts }) => parts),
    ).toEqual([
      [
        { kind: 'reasoning', text: 'Let me see.' },
        { kind: 'tool_call', text: '{"command":"ls"}', toolName: 'Bash', toolCallId: 't' },
      ],
      [{ kind: 'tool_result', text: 'a.txt', toolCallId: 't' }],
    ]);
  });

  it('goes through rows that are no messages, over a compaction, and past what an agent did', () => {
    const reading = read(
      row('user', 'a', null, 'One'),
      { type: 'progress', uuid: 'p', parentUuid: 'a', sessionId: 's1' },
      row('assistant', 'b', 'p', 'Two'),
      row('user', 'x', null, 'An agent begins', { isSidechain: true, agentId: 'g' }),
      { type: 'system', subtype: 'compact_boundary', uuid: 'q', parentUuid: null, logicalParentUuid: 'b' },
      row('user', 'c', 'q', 'Three'),
      row('assistant', 'y', 'x', 'An agent ends', { isSidechain: true, agentId: 'g' }),
    );
    expect(tree(reading)).toEqual([
      ['a', null, true],
      ['b', 'a', true],
      ['c', 'b', true],
      ['x', null, false],
      ['y', 'x', false],
    ]);
    expect(reading.outcome === 'conversation' && reading.issues.map(({ code, detail }) => [code, detail])).toEqual([
      ['rows_not_messages', 'Rows that are no messages are kept only as they came: 1 progress, 1 system.'],
    ]);
  });

  it('accounts for what was typed while it worked: sent, taken in, taken back', () => {
    const queue = (operation: string, content?: unknown) => ({
      type: 'queue-operation',
      operation,
      sessionId: 's1',
      timestamp: '2026-01-01T00:00:01Z',
      ...(content === undefined ? {} : { content }),
    });
    const reading = read(
      row('user', 'a', null, 'Go'),
      queue('enqueue', 'and the docs'),
      queue('enqueue', [{ type: 'text', text: 'in French' }]),
      queue('enqueue', 'no, German'),
      queue('enqueue', '<task-notification>done</task-notification>'),
      row('assistant', 'b', 'a', [{ type: 'text', text: 'On it.' }]),
      queue('remove', 'in French'),
      {
        type: 'attachment',
        uuid: 'q',
        parentUuid: 'b',
        sessionId: 's1',
        timestamp: '2026-01-01T00:00:02Z',
        attachment: { type: 'queued_command', prompt: 'in French', commandMode: 'prompt' },
      },
      row('assistant', 'c', 'q', [{ type: 'text', text: 'Oui.' }]),
      queue('dequeue'),
      row('user', 'd', 'c', 'and the docs'),
      queue('popAll', 'no, German'),
    );
    expect(tree(reading)).toEqual([
      ['a', null, true],
      ['b', 'a', true],
      ['q', 'b', true],
      ['c', 'q', true],
      ['d', 'c', true],
    ]);
    expect(conversation(reading).messages[2]).toMatchObject({
      role: 'user',
      authorKind: 'human',
      parts: [{ text: 'in French' }],
    });
    expect(conversation(reading).flags).toEqual({ drafts: ['no, German'] });
    expect(reading.outcome === 'conversation' && reading.issues.map(({ code, detail }) => [code, detail])).toEqual([
      [
        'prompts_queued',
        'Prompts typed while the model worked: 3. 1 of it was taken back or not sent as far as this file shows; that is kept with the conversation (`flags.drafts`).',
      ],
    ]);
  });

  it('says a queued prompt once, where a message says it too', () => {
    const reading = read(
      row('user', 'a', null, 'Go'),
      {
        type: 'attachment',
        uuid: 'q',
        parentUuid: 'a',
        sessionId: 's1',
        attachment: { type: 'queued_command', prompt: 'faster' },
      },
      row('user', 'b', 'q', 'faster'),
    );
    expect(tree(reading)).toEqual([
      ['a', null, true],
      ['b', 'a', true],
    ]);
  });

  it('is another conversation for each agent, and for each piece of a long session', () => {
    const agent = read(row('user', 'a', null, 'Look', { isSidechain: true, agentId: 'g' }));
    expect(conversation(agent).externalId).toBe('s1/g');
    const piece = read({ vivimPiece: 2 }, row('user', 'b', 'a', 'More'));
    expect(conversation(piece).externalId).toBe('s1#2');
  });

  it('keeps both of two rows with one id, and says which lines it could not read', () => {
    const bytes = Buffer.concat([
      rowsOf(row('user', 'a', null, 'x \udc88 y'), row('user', 'b', 'a', 'first'), row('user', 'b', 'a', 'second')),
      Buffer.from('\n{"type":"user","mess'),
    ]);
    const reading = claudeCode.read(bytes, noContext);
    expect(conversation(reading).messages.map(({ parts }) => parts.map(({ text }) => text))).toEqual([
      ['x \uFFFD y'],
      ['first', 'second'],
    ]);
    expect(reading.outcome === 'conversation' && reading.issues.map(({ code, path }) => [code, path])).toEqual([
      ['line_not_readable', 'line/4'],
      ['row_repeated', 'rows/b'],
    ]);
  });

  it('is read from the web version too, whose rows have no ids', () => {
    const web = { loglines: [row('user', '', null, 'Hi'), row('assistant', '', null, 'Hello')] };
    const { messages } = conversation(claudeCode.read(Buffer.from(JSON.stringify(web, null, 2)), noContext));
    expect(messages.map(({ role, onActivePath }) => [role, onActivePath])).toEqual([
      ['user', true],
      ['assistant', true],
    ]);
  });

  it('without messages is skipped and says so', () => {
    expect(read({ type: 'summary', summary: 'x', leafUuid: 'y' })).toMatchObject({
      outcome: 'skipped',
      issue: { detail: 'The session holds no messages.' },
    });
  });
});
