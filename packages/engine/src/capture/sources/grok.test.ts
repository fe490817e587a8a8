import { describe, expect, it } from 'vitest';
import { fileOf } from '../../../../../test/kit/capture.ts';
import { conversationsOf, shortly } from '../../../../../test/kit/source-files.ts';
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
