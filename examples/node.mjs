// A program in Node that keeps a conversation, finds it again and gets a cited context for a question.
// Run: VIVIM_TOKEN=… node examples/node.mjs   (a token with memory:read and memory:write: `vivim tokens create`)
import { AppError, connect, importFile, itemsOf } from '@vivim/client';

const vivim = connect({
  server: process.env.VIVIM_SERVER ?? 'http://localhost:7717',
  token: process.env.VIVIM_TOKEN ?? '',
});

try {
  // A file any tool can write: see docs/guide/sources.md. Sent again, it changes nothing.
  const conversation = {
    externalId: 'roof-2024',
    title: 'The roof of the shed',
    messages: [
      { externalId: '1', role: 'user', content: 'Slate or zinc for the roof of the shed?' },
      { externalId: '2', parentId: '1', role: 'assistant', content: 'Zinc is lighter; your beams are thin.' },
      { externalId: '3', parentId: '2', role: 'user', content: 'Then zinc it is, we decided.' },
    ],
  };
  const file = new Blob([JSON.stringify({ conversations: [conversation] })]);
  const run = await importFile(vivim, file, { name: 'roof.json', onRun: ({ state }) => console.error(state) });
  console.log(
    `${run.state}: ${run.report.conversations.added} added, ${run.report.conversations.unchanged} known already`,
  );

  for await (const { title } of itemsOf(vivim.listConversations, { query: { limit: 50 } })) console.log(`- ${title}`);

  const bundle = await vivim.createContext({ body: { query: 'What did we decide about the roof?', budget: 800 } });
  console.log(bundle.text);
  for (const { ref, quoted } of bundle.citations) console.log(`[${ref}] ${quoted}`);
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  console.error(`${error.code}: ${error.message}`);
  process.exitCode = 1;
}
