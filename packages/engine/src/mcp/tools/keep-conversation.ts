/**
 * A conversation on its way into memory: the same path a file in the generic format takes, so that it is deduplicated,
 * segmented and indexed like everything else. Written under a verb made from what it holds: however often the same
 * arrives, it is stored once.
 */
import { AppError } from '@vivim/contract/errors';
import type { ConversationId } from '@vivim/contract/ids';
import type { ImportRun } from '@vivim/contract/imports';
import { sha256 } from '../../space/hash.ts';
import { readCall, type ToolWorld } from '../tool.ts';

interface Kept {
  readonly title: string;
  readonly messages: readonly {
    readonly role: string;
    readonly content: string;
    readonly createdAt?: string | undefined;
  }[];
  readonly key?: string | undefined;
}

/** How long to wait for the import, so that the answer can name what was made of it. */
const waitMs = 5_000;

const outcomes = ['added', 'updated', 'unchanged', 'skipped'] as const;

/** @throws AppError what an upload throws, or the reason the import failed for */
export async function keepConversation({ title, messages, key }: Kept, world: ToolWorld) {
  const externalId = `mcp:${key ?? sha256(JSON.stringify([title, messages]))}`;
  const createdAt = messages[0]?.createdAt;
  const conversation = { externalId, title, ...(createdAt === undefined ? {} : { createdAt }), messages };
  const bytes = new TextEncoder().encode(JSON.stringify({ conversations: [conversation] }));
  const requestHash = sha256(bytes);
  const queued = await world.handlers.createImport({
    params: {},
    query: { fileName: 'saved-conversation.json', source: 'generic' },
    headers: {},
    asker: world.asker,
    body: undefined,
    upload: { bytes: new Blob([bytes]).stream(), contentLength: bytes.length, mediaType: null },
    verb: { id: `mcp:${requestHash}`, operation: 'createImport', requestHash },
    signal: world.signal,
  });
  const run = await settled(queued, world);
  if (run.error !== null) throw new AppError('import_unreadable', run.error.detail);
  const counts = run.report.conversations;
  return {
    importId: run.id,
    state: run.state,
    outcome: outcomes.find((outcome) => counts[outcome] > 0) ?? null,
    conversationId: run.state === 'done' ? await storedId(run, world) : null,
  };
}

/** The run when it has ended, or as it is when waiting longer would keep the caller. */
async function settled(queued: ImportRun, world: ToolWorld): Promise<ImportRun> {
  const enough = AbortSignal.any([world.signal, AbortSignal.timeout(waitMs)]);
  const call = { ...readCall(world, { params: { id: queued.id }, query: {}, body: undefined }), signal: enough };
  let run = queued;
  let told = 0;
  for await (const event of await world.handlers.streamImport(call)) {
    if (event.type !== 'import') continue;
    run = event.run;
    told += 1;
    await world.tell?.(told, null, `The conversation is ${run.state}.`);
  }
  return run;
}

async function storedId(run: ImportRun, world: ToolWorld): Promise<ConversationId | null> {
  const query = { limit: 1, importId: run.sameFileAs ?? run.id };
  const page = await world.handlers.listConversations(readCall(world, { params: {}, query, body: undefined }));
  return page.items[0]?.id ?? null;
}
