import { describe, expect, it } from 'vitest';
import { fileOf, newCapture } from '../../../../../test/kit/capture.ts';
import { pngOf } from '../../../../../test/kit/media.ts';
import { conversationsOf, readFile, shortly } from '../../../../../test/kit/source-files.ts';
import { twoSpaces } from '../../../../../test/kit/spaces.ts';
import { zipOf } from '../../../../../test/kit/zip-builder.ts';
import { planExport } from '../export-plan.ts';

const response = (id: string, parent: string | null, sender: string, message: string, rest: object = {}) => ({
  response: {
    response_id: id,
    parent_response_id: parent,
    sender,
    message,
    create_time: '2025-06-21T19:28:21Z',
    ...rest,
  },
  share_link: null,
});
const file = (responses: unknown[], rest: object = {}) =>
  JSON.stringify({
    conversations: [
      { conversation: { conversation_id: 'c', title: 'T', create_time: '2025-06-21T19:00:00Z', ...rest }, responses },
    ],
    projects: [],
    tasks: [],
  });

describe('Grok', () => {
  it('is a tree of responses, with times of two kinds', async () => {
    const [found] = await conversationsOf(
      file(
        [
          response('u', null, 'human', 'Hi'),
          response('a', 'u', 'ASSISTANT', 'One', { metadata: { requestModelDetails: { modelId: 'grok-3' } } }),
          response('b', 'u', 'grok-3', 'Two', { create_time: { $date: { $numberLong: '1750000000000' } } }),
        ],
        { leaf_response_id: 'a', starred: true },
      ),
      'grok',
    );
    expect(
      found?.messages.map(({ key, role, onActivePath, created }) => [key, role, onActivePath, created.ms]),
    ).toEqual([
      ['u', 'user', true, Date.parse('2025-06-21T19:28:21Z')],
      ['a', 'assistant', true, Date.parse('2025-06-21T19:28:21Z')],
      ['b', 'assistant', false, 1_750_000_000_000],
    ]);
    expect(found).toMatchObject({ externalId: 'c', flags: { is_starred: true }, branchPoints: 1 });
    expect(found?.messages.map(({ model }) => model)).toEqual([null, 'grok-3', 'grok-3']);
  });

  it('keeps thoughts, pictures, files and what was cited', async () => {
    const [found] = await conversationsOf(
      file([
        response('u', null, 'human', 'Draw', { file_attachments: ['asset-1'] }),
        response('a', 'u', 'assistant', 'Here', {
          thinking_trace: 'Hm',
          cited_web_search_results: [{ url: 'https://example.org', title: 'E', preview: 'p' }],
          generated_image_urls: ['users/x/image.jpg'],
        }),
        response('b', null, 'assistant', '', { error: { message: 'busy' }, steps: [{ text: ['One', 'Two'] }] }),
      ]),
      'grok',
    );
    expect(shortly(found)).toEqual([
      ['user', 'human', 'text: Draw', 'file: null'],
      ['assistant', 'model', 'reasoning: Hm', 'text: Here', 'image: null'],
      ['assistant', 'model', 'reasoning: One\n\nTwo', 'error: busy'],
    ]);
    expect(found?.messages[1]?.parts[1]?.citations).toMatchObject([{ url: 'https://example.org' }]);
    expect(found?.messages[2]?.parentKey).toBe('a');
  });

  it('never opens what is about signing in or paying, and says so', async () => {
    const plan = await planExport(
      fileOf(
        zipOf([
          { name: 'ttl/30d/export_data/u/prod-mc-auth-mgmt-api.json', bytes: 'no JSON', saidCrc: 1 },
          { name: 'ttl/30d/export_data/u/prod-mc-billing.json', bytes: '{}' },
          { name: 'ttl/30d/export_data/u/prod-mc-asset-server/asset-1/content', bytes: 'png' },
          { name: 'ttl/30d/export_data/u/prod-grok-backend.json', bytes: file([response('u', null, 'human', 'Hi')]) },
        ]),
      ),
      'grok.zip',
      null,
    );
    expect(plan.streams.map(({ path }) => path)).toEqual(['ttl/30d/export_data/u/prod-grok-backend.json']);
    expect(plan.notes.filter(({ code }) => code === 'file_never_read')).toHaveLength(2);
    expect(plan.context.assetIds).toEqual(new Set(['asset-1']));
  });

  it('nor where such a file is given alone', async () => {
    await expect(planExport(fileOf(Buffer.from('{}')), 'prod-mc-billing.json', null)).rejects.toMatchObject({
      code: 'import_format_unknown',
      message: expect.stringContaining('never opens'),
    });
  });
});

it('Grok: an answer that broke off says why', async () => {
  const metadata = { stream_errors: [{ message: 'Too busy' }] };
  const [found] = await conversationsOf(
    file([response('q', null, 'human', 'Herons?'), response('a', 'q', 'ASSISTANT', '', { metadata })]),
    'grok',
  );
  expect(shortly(found)[1]).toEqual(['assistant', 'model', 'error: Too busy']);
});

describe('Grok in X', () => {
  const item = (chatId: string, second: number, name: string, message: string, rest: object = {}) => ({
    grokChatItem: {
      chatId,
      accountId: '17',
      createdAt: `2026-01-02T03:04:${String(second).padStart(2, '0')}.000Z`,
      sender: { name: name === 'USER' ? 'User' : 'Agent', originalName: name },
      grokMode: { name: 'Normal' },
      message,
      ...rest,
    },
  });
  const cited =
    'In reeds. <grok:render card_id="e3" card_type="citation_card" type="render_inline_citation">\n<argument name="citation_id">14</argument>\n</grok:render>Often.';
  const items = [
    item('a', 1, 'USER', 'Herons?'),
    item('a', 1, 'AGENT', cited, { postIds: ['7', '7', '8'] }),
    item('b', 2, 'USER', 'Owls?'),
    item('b', 2, 'AGENT', 'At night.'),
  ];
  const script = (list: readonly object[]) => `window.YTD.grok_chat_item.part0 = ${JSON.stringify(list, null, 2)}`;

  it('is a conversation for each chat, a prompt before its answer however the list stands', async () => {
    for (const list of [items, items.toReversed()]) {
      const found = await conversationsOf(script(list), 'grok');
      expect(Object.fromEntries(found.map((one) => [one.externalId, shortly(one)]))).toEqual({
        a: [
          ['user', 'human', 'text: Herons?'],
          ['assistant', 'model', 'text: In reeds.Often.'],
        ],
        b: [
          ['user', 'human', 'text: Owls?'],
          ['assistant', 'model', 'text: At night.'],
        ],
      });
    }
    const [one] = await conversationsOf(script(items), 'grok');
    expect(one?.messages[1]?.parts[0]?.citations?.map(({ url }) => url)).toEqual([
      'https://x.com/i/web/status/7',
      'https://x.com/i/web/status/8',
    ]);
  });

  it('that was cut off says so', async () => {
    const { readings } = await readFile(script(items).slice(0, -40));
    expect(readings).toMatchObject([{ outcome: 'skipped', issue: { code: 'json_invalid' } }]);
  });
});

it('Grok: marks of citations become citations, documents parts, and other cards stay', async () => {
  const mark =
    '<grok:render card_id="k" type="render_inline_citation"><argument name="citation_id">1</argument></grok:render>';
  const cards = ['{"id":"k","cardType":"citation_card","url":"https://example.org"}', '{"id":"x","type":"poll"}'];
  const responses = [
    response('a', null, 'assistant', `Herons wade ${mark}.`, { card_attachments_json: cards }),
    response(
      'b',
      'a',
      'assistant',
      'Here: <xaiArtifact artifact_id="d" title="a.md" contentType="text/markdown"># A</xaiArtifact> Done.',
    ),
  ];
  const [found] = await conversationsOf(file(responses), 'grok');
  const [first, second] = found?.messages ?? [];
  expect(first?.parts[0]).toEqual({
    kind: 'text',
    text: 'Herons wade.',
    citations: [{ start: 11, end: 11, url: 'https://example.org', title: null, snippet: null }],
  });
  expect(first?.parts.slice(1).map(({ kind }) => kind)).toEqual(['raw']);
  expect(second?.parts.map(({ kind, text }) => [kind, text])).toEqual([
    ['text', 'Here:'],
    ['artifact', '# A'],
    ['text', 'Done.'],
  ]);
});

describe('the archive of an account of X', () => {
  const script = (name: string, list: readonly object[]) => `window.YTD.${name}.part0 = ${JSON.stringify(list)}`;
  const item = (message: string, name: string) => ({
    grokChatItem: { chatId: '1', accountId: '9', createdAt: '2026-01-02T03:04:05.000Z', sender: { name }, message },
  });

  it('gives its talks with Grok, and nothing else of the account is taken', async () => {
    const { alice, bob } = twoSpaces();
    const run = await newCapture(alice).bring({
      bytes: zipOf([
        {
          name: 'data/account.js',
          bytes: script('account', [{ account: { accountId: '9', email: 'ada@example.org' } }]),
        },
        {
          name: 'data/grok-chat-item.js',
          bytes: script('grok_chat_item', [item('Hi', 'USER'), item('Hello', 'AGENT')]),
        },
        { name: 'data/tweets.js', bytes: script('tweets', [{ tweet: { full_text: 'A fine day' } }]) },
        { name: 'data/tweets_media/1-a.png', bytes: pngOf(2, 2) },
        { name: 'assets/main.js', bytes: 'console.log(1)' },
      ]),
      name: 'twitter.zip',
    });
    expect(run).toMatchObject({
      state: 'done',
      detected: { source: 'grok' },
      report: { conversations: { added: 1 }, files: { stored: 0 } },
    });
    expect(run.report.issues.map(({ code, detail }) => [code, detail.slice(0, 7)])).toEqual([
      ['kind_not_imported', '4 files'],
    ]);
    expect(bob.read((r) => r.conversations.page({ limit: 9 })).items).toEqual([]);
  });

  it('without talks with Grok is refused', async () => {
    const { alice } = twoSpaces();
    const run = await newCapture(alice).bring({
      bytes: zipOf([{ name: 'data/tweets.js', bytes: script('tweets', []) }]),
      name: 'twitter.zip',
    });
    expect(run).toMatchObject({ state: 'failed', error: { code: 'import_format_unknown' } });
  });
});
