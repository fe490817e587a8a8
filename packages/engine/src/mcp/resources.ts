/**
 * What can be read by address: topics, entities and bundles that stand. Listed with cursors, topics first; found by id or by name, and
 * completed as either. Never told to who may not read.
 */
import { ProtocolError, ProtocolErrorCode, ResourceNotFoundError, type Server } from '@modelcontextprotocol/server';
import { AppError } from '@vivim/contract/errors';
import { BundleId } from '@vivim/contract/ids';
import type { AskedFacts } from '../http/asked-records.ts';
import { citationLine, citing, counted, messagePagesAt, pagesLine } from './citation.ts';
import { completions } from './completions.ts';
import { profileOf, profileText } from './profile.ts';
import { type SubjectKind, subjectId, subjectPage } from './subjects.ts';
import { begin, noteAsked, readCall, type Serving, type ToolWorld } from './tool.ts';
import { pageAt } from './visit.ts';
import { takenBack, wordsOfError } from './words-of-error.ts';

const mimeType = 'text/markdown';
const listed = 50;
/** In the order they are listed in. */
type Room = 'topics' | 'entities' | 'bundles';
const rooms: readonly Room[] = ['topics', 'entities', 'bundles'];
const kindOf = { topics: 'topic', entities: 'entity' } as const satisfies Partial<Record<Room, SubjectKind>>;

const templates = [
  {
    name: 'topic',
    title: 'A topic',
    uriTemplate: 'vivim://topics/{id}',
    description: 'What is known of a topic, with where it was said. By id (t_…) or by name.',
  },
  {
    name: 'entity',
    title: 'A person, place or thing',
    uriTemplate: 'vivim://entities/{id}',
    description: 'What is known of a person, an organisation, a place or a thing. By id (e_…) or by name.',
  },
  {
    name: 'bundle',
    title: 'A standing bundle',
    uriTemplate: 'vivim://bundles/{id}',
    description: 'A text compiled ahead about the user, a topic, an entity or a conversation, with its sources. By id.',
  },
].map((template) => ({ ...template, mimeType }));

export function serveResources(server: Server, serving: Serving): void {
  const { reads } = serving.visit;
  server.setRequestHandler('resources/templates/list', () => ({ resourceTemplates: templates }));
  server.setRequestHandler('resources/list', async ({ params }, context) => {
    if (!reads) return { resources: [] };
    const { world, end } = begin(serving, context);
    try {
      const listed = await list(world, params?.cursor);
      const given = listed.resources.map(({ name }) => name);
      const facts = { kind: 'subjects' as const, words: null, count: given.length, given };
      noteAsked(
        serving,
        world,
        facts,
        listed.resources.map(({ title, description }) => title + description),
      );
      return listed;
    } catch (error) {
      throw protocolError(serving, 'resources/list', error, world.signal);
    } finally {
      end();
    }
  });
  server.setRequestHandler('resources/read', async ({ params: { uri } }, context) => {
    const { world, end } = begin(serving, context);
    try {
      const { text, ...facts } = await read(world, uri);
      noteAsked(serving, world, { ...facts, count: 1 }, [text]);
      return { contents: [{ uri, mimeType, text }] };
    } catch (error) {
      if (error instanceof AppError && error.code === 'not_found') throw new ResourceNotFoundError(uri);
      throw protocolError(serving, 'resources/read', error, world.signal);
    } finally {
      end();
    }
  });
  server.setRequestHandler('completion/complete', async ({ params }, context) => {
    if (!reads) return { completion: { values: [] } };
    const { world, end } = begin(serving, context);
    try {
      return await completions(world, params);
    } catch (error) {
      throw protocolError(serving, 'completion/complete', error, world.signal);
    } finally {
      end();
    }
  });
}

/** What went wrong as the protocol says it: a mistake of the client, or ours. */
export function protocolError({ deps }: Serving, method: string, error: unknown, signal: AbortSignal): ProtocolError {
  if (error instanceof ProtocolError) return error;
  if (signal.aborted) return new ProtocolError(ProtocolErrorCode.InvalidRequest, takenBack);
  if (error instanceof AppError) return new ProtocolError(ProtocolErrorCode.InvalidParams, wordsOfError(error));
  deps.onFailure(method, error);
  return new ProtocolError(ProtocolErrorCode.InternalError, wordsOfError(error));
}

/** @param cursor of the answer before: the room and the cursor in it */
async function list(world: ToolWorld, cursor: string | undefined) {
  const [named, ...rest] = cursor === undefined ? [rooms[0]] : cursor.split(' ');
  const room = rooms.find((one) => one === named);
  if (room === undefined || rest.length > 1) throw new AppError('cursor_invalid', undefined, { field: 'cursor' });
  const page = await pageOf(world, room, rest[0]);
  const next = rooms[rooms.indexOf(room) + 1];
  const nextCursor = page.nextCursor === null ? next : `${room} ${page.nextCursor}`;
  return { resources: page.items, ...(nextCursor === undefined ? {} : { nextCursor }) };
}

async function pageOf(world: ToolWorld, room: Room, cursor: string | undefined) {
  const query = { limit: listed, cursor };
  if (room === 'bundles') {
    const { items, nextCursor } = await world.handlers.listBundles(
      readCall(world, { params: {}, query, body: undefined }),
    );
    const shown = items.map(({ id, kind, label, tokens, compiledAt }) => ({
      uri: `vivim://bundles/${id}`,
      name: id,
      title: label,
      description: `Standing bundle (${kind}), ${tokens} tokens`,
      mimeType,
      annotations: { lastModified: compiledAt },
    }));
    return { items: shown, nextCursor };
  }
  const { items, nextCursor } = await subjectPage(world, kindOf[room], query);
  const shown = items.map(({ id, name, type, counts, lastSeenAt }) => ({
    uri: `vivim://${room}/${id}`,
    name: id,
    title: name,
    description: `${type ?? 'topic'}, in ${counted(counts.messages, 'message')}`,
    mimeType,
    ...(lastSeenAt === null ? {} : { annotations: { lastModified: lastSeenAt } }),
  }));
  return { items: shown, nextCursor };
}

const address = /^vivim:\/\/(topics|entities|bundles)\/([^/?#]+)$/;

type Read = Omit<AskedFacts, 'count'> & { readonly text: string };

/** @throws AppError `not_found`, also for an address of no shape */
async function read(world: ToolWorld, uri: string): Promise<Read> {
  const [, room, written] = address.exec(uri) ?? [];
  const name = written === undefined ? null : decoded(written);
  if (room === undefined || name === null) throw new AppError('not_found');
  if (room === 'bundles') return { kind: 'bundle', words: null, given: [name], text: await bundleText(world, name) };
  const kind = kindOf[room as keyof typeof kindOf];
  const profile = await profileOf(world, await subjectId(world, name, [kind]));
  if (profile.kind !== kind) throw new AppError('not_found');
  const words = profile.id === name ? null : name;
  return { kind: 'profile', words, given: [profile.id], text: profileText(profile) };
}

function decoded(written: string): string | null {
  try {
    return decodeURIComponent(written);
  } catch {
    return null;
  }
}

async function bundleText(world: ToolWorld, name: string): Promise<string> {
  const id = BundleId.safeParse(name);
  if (!id.success) throw new AppError('not_found');
  const call = readCall(world, { params: { id: id.data }, query: {}, body: undefined });
  const { text, citations } = await world.handlers.getBundle(call);
  const sources = citations.map(({ ref, conversation, message, at }) =>
    conversation === null
      ? `[${ref}] a memory, ${pageAt(world.origin, '/memories') ?? 'kept about the user'}`
      : `[${ref}] ${citationLine(citing(message.id, conversation.title, at))}`,
  );
  const pages = pagesLine(messagePagesAt(world.origin));
  return [text, ...(sources.length === 0 ? [] : ['', 'Sources (not part of the text):', ...sources, ...pages])].join(
    '\n',
  );
}
