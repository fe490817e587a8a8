// A program in Node that keeps a conversation, finds it again and gets a cited context for a question.
// Run: VIVIM_TOKEN=… node examples/node.mjs   (a token with memory:read and memory:write: `vivim tokens create`)
// Inside a checkout of VIVIM the client is TypeScript, which Node reads from 22.18 on: `npx node examples/node.mjs` takes the
// Node that came with it. The client as a package is JavaScript, and runs from Node 20 on.
const { AppError, connect, importFile, itemsOf } = await import('@vivim/client').catch((error) => {
  if (error.code !== 'ERR_UNKNOWN_FILE_EXTENSION') throw error;
  console.error(
    `This is Node ${process.versions.node}, which cannot read the client of a checkout: that takes Node 22.18 or newer.\nUse the one that came with VIVIM: npx node examples/node.mjs`,
  );
  process.exit(1);
});

const server = process.env.VIVIM_SERVER ?? 'http://localhost:7717';
const vivim = connect({
  server,
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
  if (error instanceof AppError) console.error(`${error.code}: ${error.message}`);
  else if (error instanceof TypeError && error.message === 'fetch failed')
    console.error(`No server answers at ${server}. Is VIVIM running there? VIVIM_SERVER=… names another one.`);
  else throw error;
  process.exitCode = 1;
}
