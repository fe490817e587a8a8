/**
 * What is written down of each operation of the API when a program asks for it: what it was, the words that were looked for, and ids of
 * what was given. A closed list: a new operation has to say so here, or why nothing has to be written down. Pure.
 */
import type { AskedKind } from '@vivim/contract/asked';
import type { OperationOf } from '@vivim/contract/routes';
import type { AskedFacts } from './asked-records.ts';
import type { Call, HandlerAnswer } from './handler.ts';

type Facts<K extends OperationOf<'engine'>> = (
  call: Call<K>,
  answer: Awaited<HandlerAnswer<K>>,
) => Omit<AskedFacts, 'words'> & { readonly words?: string | null };
/** `a context`: its own record says more. `no memory`: figures, settings, states of work. */
type Unasked = 'a context' | 'no memory' | 'the records themselves';

const ids = (list: readonly { readonly id: string }[]): string[] => list.map(({ id }) => id);
/** A list whose items have ids, or have none that is known here. */
const listOf = (kind: AskedKind, items: readonly object[], words?: string | null) => ({
  kind,
  words: words ?? null,
  count: items.length,
  given: items.flatMap((item) => ('id' in item && typeof item.id === 'string' ? [item.id] : [])),
});
/** Another list than those that have a name here: its words are what it is a list of. */
const other = (of: string) => (_: unknown, answer: { readonly items: readonly object[] }) =>
  listOf('other', answer.items, of);
const one = (kind: AskedKind, ...given: readonly string[]) => ({ kind, count: 1, given });
const messages = (conversationId: string | undefined, items: readonly { readonly id: string }[]) => ({
  kind: 'conversation' as const,
  count: items.length,
  given: [...(conversationId === undefined ? [] : [conversationId]), ...ids(items)],
});
const ofMemory = (kind: AskedKind) => (_: unknown, memory: { readonly id: string }) => one(kind, memory.id);
const namesOf = ({ q, called }: { readonly q?: string | undefined; readonly called?: string | undefined }) =>
  called ?? q ?? null;

const table: { readonly [K in OperationOf<'engine'>]: Facts<K> | Unasked } = {
  createContext: 'a context',
  streamContext: 'a context',
  search: ({ query: { q, like, symbol } }, { items, titles, memories }) => ({
    kind: 'search',
    words: q ?? symbol ?? null,
    count: items.length + titles.length + memories.length,
    given: [
      ...(like === undefined ? [] : [like]),
      ...items.map(({ message }) => message.id),
      ...titles.map(({ conversation }) => conversation.id),
      ...memories.map(({ memory }) => memory.id),
    ],
  }),
  listSearchChoices: 'no memory',

  listConversations: (_, { items }) => listOf('conversations', items),
  getConversationFacets: 'no memory',
  getConversation: (_, { id }) => one('conversation', id),
  getOutline: ({ params: { id } }, { items }) => ({ kind: 'conversation', count: items.length, given: [id] }),
  listMessages: ({ params: { id } }, { items }) => messages(id, items),
  getMessage: (_, message) => messages(message.conversationId, [message]),
  listMessagesAround: (_, { items }) => messages(items[0]?.conversationId, items),
  getMessageUse: ({ params: { id } }) => one('conversation', id),
  listMessageAcus: ({ params: { id } }) => one('conversation', id),
  getAcu: (_, { id }) => one('conversation', id),
  listArtifacts: ({ params: { id } }, { items }) => ({ kind: 'conversation', count: items.length, given: [id] }),
  listAttachments: (_, { items }) => listOf('file', items),
  getAttachment: (_, { id }) => one('file', id),
  getAttachmentContent: ({ params: { id } }) => one('file', id),

  listTopics: ({ query }, { items }) => listOf('subjects', items, namesOf(query)),
  listEntities: ({ query }, { items }) => listOf('subjects', items, namesOf(query)),
  getGraph: (_, { nodes }) => listOf('subjects', nodes),
  getTopic: (_, { id }) => one('profile', id),
  getEntity: (_, { id }) => one('profile', id),
  listBundles: (_, { items }) => listOf('bundle', items),
  getBundle: (_, { id }) => one('bundle', id),

  listMemories: ({ query: { says, exactly } }, { items }) => listOf('memories', items, exactly ?? says),
  getMemory: ofMemory('memories'),
  listDueMemories: (_, { items }) => listOf('memories', items),
  listMemoryConflicts: (_, { items }) => ({
    kind: 'memories',
    count: items.length,
    given: items.flatMap(({ memories }) => ids(memories)),
  }),
  listMemorySteps: (_, { items }) => ({
    kind: 'memories',
    count: items.length,
    given: items.flatMap(({ memories }) => ids(memories)),
  }),
  getMemoryChoices: 'no memory',
  listProjects: (_, { items }) => listOf('memories', items),
  getProject: (_, { id }) => one('memories', id),

  createMemory: ofMemory('remember'),
  changeMemory: ofMemory('change'),
  mergeMemory: ofMemory('change'),
  reviewMemory: ofMemory('change'),
  settleMemoryConflict: (_, { memories }) => ({ kind: 'change', count: memories.length, given: ids(memories) }),
  undoMemoryStep: (_, { memories }) => ({ kind: 'change', count: memories.length, given: ids(memories) }),
  // What went is named by nothing any more.
  forgetMemory: ({ query: { preview } }) => ({ kind: 'forget', count: preview === true ? 0 : 1, given: [] }),
  saveConversation: (_, { conversationId }) => one('save', ...(conversationId === null ? [] : [conversationId])),
  saveNote: (_, { conversationId }) => one('save', ...(conversationId === null ? [] : [conversationId])),
  createImport: () => one('save'),
  createUpload: () => one('save'),

  listAnnotations: other('annotations'),
  listCorrections: other('corrections'),
  listExclusions: other('exclusions'),
  listPins: other('pins'),
  listSecrets: other('secrets'),
  listConflicts: other('conflicts'),
  listImports: other('imports'),
  listImportIssues: other('import issues'),
  listImportEntries: other('import entries'),
  listImportKept: other('import kept'),
  findWhereabouts: ({ query: { q } }) => ({ kind: 'other', words: q, count: 1, given: [] }),
  getImportReport: () => ({ kind: 'other', words: 'import report', count: 1, given: [] }),
  getImportEntryRaw: () => one('file'),
  annotate: (_, { changed }) => ({ kind: 'change', words: 'annotations', count: changed, given: [] }),
  correctTopic: ({ params: { id } }) => one('change', id),
  correctEntity: ({ params: { id } }) => one('change', id),
  undoCorrection: () => ({ ...one('change'), words: 'corrections' }),
  createExclusion: () => ({ ...one('change'), words: 'exclusions' }),
  deleteExclusion: () => ({ ...one('change'), words: 'exclusions' }),
  createPin: () => ({ ...one('change'), words: 'pins' }),
  deletePin: () => ({ ...one('change'), words: 'pins' }),
  decideSecrets: () => ({ ...one('change'), words: 'secrets' }),
  resolveConflicts: () => ({ ...one('change'), words: 'conflicts' }),

  listAsked: 'the records themselves',
  listAskers: 'the records themselves',
  getAsked: 'the records themselves',
  deleteAsked: 'the records themselves',
  clearAsked: 'the records themselves',
  listAssemblies: 'the records themselves',
  getAssembly: 'the records themselves',
  explainAssembly: 'the records themselves',

  // Nobody who was let in holds what these need: their person does them.
  exportSpace: 'no memory',
  eraseConversation: 'no memory',
  eraseMessage: 'no memory',
  eraseAcu: 'no memory',
  eraseTopic: 'no memory',
  eraseEntity: 'no memory',
  eraseImport: 'no memory',
  erase: 'no memory',
  eraseRange: 'no memory',
  listErasures: 'no memory',
  getErasureReceipt: 'no memory',
  allowErased: 'no memory',

  getActivity: 'no memory',
  getSpace: 'no memory',
  streamEvents: 'no memory',
  getImport: 'no memory',
  streamImport: 'no memory',
  cancelImport: 'no memory',
  pauseImport: 'no memory',
  resumeImport: 'no memory',
  findUpload: 'no memory',
  appendUpload: 'no memory',
  deleteUpload: 'no memory',
  reparse: 'no memory',
  listUpstreams: 'no memory',
  putUpstream: 'no memory',
  deleteUpstream: 'no memory',
  listModelServices: 'no memory',
  putModelService: 'no memory',
  deleteModelService: 'no memory',
  chooseEmbedder: 'no memory',
  chooseMemoryModel: 'no memory',
  listModelCalls: 'no memory',
  getSecretSettings: 'no memory',
  setSecretSettings: 'no memory',
  getWatchedFile: 'no memory',
  growWatchedFile: 'no memory',
  listWatchers: 'no memory',
  tellWatcher: 'no memory',
  forgetWatcher: 'no memory',
  startSelfEvaluation: 'no memory',
  getSelfEvaluation: 'no memory',
  cancelSelfEvaluation: 'no memory',
  listRecipes: 'no memory',
  putRecipe: 'no memory',
  deleteRecipe: 'no memory',
  putPresence: 'no memory',
  getForesight: 'no memory',
};

/** @returns null where nothing is written down */
export function askedOver<K extends OperationOf<'engine'>>(
  operation: K,
  call: Call<K>,
  answer: Awaited<HandlerAnswer<K>>,
): AskedFacts | null {
  const facts = table[operation];
  return typeof facts === 'string' ? null : { words: null, ...facts(call, answer) };
}
