import { expect, it } from 'vitest';
import { conversationsOf, shortly } from '../../../../../test/kit/source-files.ts';

it('Perplexity: a thread as extensions save it, its marks joined with its sources', async () => {
  const thread = {
    metadata: { thread_title: 'Ocean', thread_id: 'ctx', thread_url: 'https://www.perplexity.ai/search/x' },
    conversations: [
      {
        uuid: 'e1',
        query: 'How deep?',
        answer: 'About 3.7 km [1], not [9].',
        model: 'sonar',
        timestamp: '2026-04-30T10:00:00Z',
        sources: [
          { title: 'NOAA', url: 'https://example.com/noaa' },
          { title: 'Other', url: 'https://example.com/other' },
        ],
      },
      { uuid: 'e2', query: 'Deepest?', answer: '' },
    ],
  };
  const [found] = await conversationsOf(JSON.stringify(thread), 'perplexity');
  expect(shortly(found)).toEqual([
    ['user', 'human', 'text: How deep?'],
    ['assistant', 'model', 'text: About 3.7 km [1], not [9].'],
    ['user', 'human', 'text: Deepest?'],
  ]);
  expect(found).toMatchObject({ externalId: 'ctx', title: 'Ocean', defaultModel: 'sonar' });
  expect(found?.messages[1]?.parts[0]?.citations).toEqual([
    { start: 13, end: 16, url: 'https://example.com/noaa', title: 'NOAA', snippet: null },
    { start: null, end: null, url: 'https://example.com/other', title: 'Other', snippet: null },
  ]);
});

it('Perplexity: entries as the site gives them', async () => {
  const entry = {
    backend_uuid: 'b1',
    context_uuid: 'ctx',
    query_str: 'Why?',
    thread_title: 'T',
    thread_url_slug: 'slug',
    display_model: 'sonar',
    entry_created_datetime: '2026-04-30T10:00:00Z',
    blocks: [
      { web_result_block: { web_results: [{ name: 'E', url: 'https://example.org' }] } },
      { markdown_block: { answer: 'Because [1].' } },
    ],
  };
  const [found] = await conversationsOf(
    JSON.stringify({ status: 'ok', entries: [entry], thread_metadata: {} }),
    'perplexity',
  );
  expect(shortly(found).map((turn) => turn[2])).toEqual(['text: Why?', 'text: Because [1].']);
  expect(found).toMatchObject({
    externalId: 'ctx',
    title: 'T',
    flags: { link: 'https://www.perplexity.ai/search/slug' },
  });
  expect(found?.messages[1]?.parts[0]?.citations).toMatchObject([{ start: 8, url: 'https://example.org' }]);
});

it('Perplexity: an answer that stands as steps in a text, and one that stands in two blocks', async () => {
  const answer = JSON.stringify({
    answer: 'They wade [1].',
    web_results: [{ name: 'H', url: 'https://example.org/h' }],
  });
  const steps = [
    { step_type: 'INITIAL_QUERY', content: { query: 'Herons?' } },
    { step_type: 'FINAL', content: { answer } },
  ];
  const twice = { markdown_block: { answer: 'In reeds.' } };
  const entries = [
    { uuid: 'a', context_uuid: 'ctx', query_str: 'Herons?', text: JSON.stringify(steps) },
    {
      uuid: 'b',
      context_uuid: 'ctx',
      query_str: 'Where?',
      blocks: [twice, { ...twice, intended_usage: 'ask_text_0' }],
    },
    { uuid: 'c', context_uuid: 'ctx', query_str: 'Since?', text: answer },
    { uuid: 'd', context_uuid: 'ctx', query_str: 'Why?', text: 'Plain words' },
  ];
  const [found] = await conversationsOf(JSON.stringify({ entries }), 'perplexity');
  expect(shortly(found).flatMap((turn, ix) => (ix % 2 === 1 ? turn[2] : []))).toEqual([
    'text: They wade [1].',
    'text: In reeds.',
    'text: They wade [1].',
    'text: Plain words',
  ]);
  expect(found?.messages[1]?.parts[0]?.citations).toMatchObject([{ url: 'https://example.org/h' }]);
});
