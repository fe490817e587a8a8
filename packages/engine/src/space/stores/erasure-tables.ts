/**
 * What every table of a space is to an erasure. A table that is added does not compile before it is answered for here, and
 * a test holds the list against the schema of a real file.
 */
import type { UserSchema } from '../schema.ts';

/**
 * `source`: what came in, or was said of it: erased by name. `derived`: made from a source: goes with it, by the one named.
 * `trace`: left by work on a source: cleaned by the one named. `kept`: never holds content.
 */
export type ErasureRole =
  | { readonly role: 'source' | 'derived' | 'trace'; readonly by: string }
  | { readonly role: 'kept'; readonly why: string };

export const erasureTables = {
  conversation: { role: 'source', by: 'EraseRows.conversation, EraseRows.rewrite' },
  message: { role: 'source', by: 'foreign key of conversation; EraseRows.rewrite' },
  part: { role: 'source', by: 'foreign key of message; replaceContent' },
  citation: { role: 'source', by: 'foreign key of part' },
  attachment: { role: 'source', by: 'EraseRows.leftovers' },
  blob: { role: 'source', by: 'EraseRows.leftovers' },
  blob_piece: { role: 'source', by: 'foreign key of blob' },
  artifact_version: { role: 'derived', by: 'foreign key of message; ArtifactWriter.replace' },
  raw_record: { role: 'source', by: 'EraseRows.conversation; redactRecords' },
  sidecar_record: { role: 'source', by: 'EraseMemories.rewriteSlot' },
  project: { role: 'derived', by: 'EraseMemories.rewriteSlot, EraseMemories.leftovers' },
  project_document: { role: 'derived', by: 'EraseMemories.rewriteSlot' },
  feedback: { role: 'derived', by: 'EraseMemories.rewriteSlot' },
  // Of those a person stated nothing else is the source.
  memory: { role: 'source', by: 'EraseMemories.memory, EraseMemories.leftovers' },
  memory_evidence: { role: 'derived', by: 'foreign keys of memory, message and sidecar_record' },
  memory_words: { role: 'derived', by: 'EraseMemories.memory, then EraseMemories.rewriteWords' },
  memory_relation: { role: 'derived', by: 'foreign keys of memory' },
  // Words as they were before: no step can be taken back past an erasure.
  memory_step: { role: 'trace', by: 'EraseTraces.always' },
  memory_term: { role: 'derived', by: 'a view of memory_words' },
  memory_term_place: { role: 'derived', by: 'a view of memory_words' },
  acu: { role: 'derived', by: 'AcuWriter.replaceForMessages' },
  former_acu: { role: 'derived', by: 'foreign key of acu' },
  acu_band: { role: 'derived', by: 'foreign key of acu' },
  acu_link: { role: 'derived', by: 'foreign key of acu' },
  embedding: { role: 'derived', by: 'foreign key of message; EraseRows.rewrite' },
  embedding_vector: { role: 'derived', by: 'foreign key of embedding' },
  message_words: { role: 'derived', by: 'WordWriter.index, then EraseRows.rewriteWords' },
  message_words_before: { role: 'derived', by: 'WordWriter.index, then EraseRows.rewriteWords' },
  word_place: { role: 'derived', by: 'WordWriter.index' },
  branch_words: { role: 'derived', by: 'WordWriter.index, then EraseRows.rewriteWords' },
  branch_place: { role: 'derived', by: 'WordWriter.index' },
  code_symbol: { role: 'derived', by: 'foreign key of acu' },
  word_total: { role: 'derived', by: 'WordWriter.index' },
  speaker: { role: 'derived', by: 'EraseRows.leftovers' },
  topic: { role: 'derived', by: 'ProfileWriter.replaceForConversation; EraseRows.profile' },
  topic_acu: { role: 'derived', by: 'foreign keys of topic and acu' },
  topic_conversation: { role: 'derived', by: 'ProfileWriter.replaceForConversation' },
  topic_form: { role: 'derived', by: 'ProfileWriter.replaceForConversation' },
  topic_vector: { role: 'derived', by: 'foreign key of topic; settleProfile' },
  entity: { role: 'derived', by: 'ProfileWriter.replaceForConversation; EraseRows.profile' },
  entity_acu: { role: 'derived', by: 'foreign keys of entity and acu' },
  entity_conversation: { role: 'derived', by: 'ProfileWriter.replaceForConversation' },
  entity_form: { role: 'derived', by: 'ProfileWriter.replaceForConversation' },
  // Names of what was found, and the person's own words for it.
  correction: { role: 'source', by: 'eraseCorrections' },
  // Ids and keys of what it names.
  exclusion: { role: 'source', by: 'eraseExclusions' },
  pin: { role: 'source', by: 'erasePins' },
  // By ids of what they hang on; notes and tags are its person's words.
  annotation: { role: 'source', by: 'eraseAnnotations' },
  note_words: { role: 'derived', by: 'eraseAnnotations, then AnnotationWriter.rewriteWords' },
  bundle: { role: 'derived', by: 'EraseRows.leftovers' },
  bundle_source: { role: 'derived', by: 'foreign key of bundle' },
  bundle_section: { role: 'derived', by: 'foreign key of bundle' },
  outbox: { role: 'derived', by: 'foreign key of conversation' },
  secret: { role: 'derived', by: 'SecretWriter.forgetUnplaced' },
  secret_place: { role: 'derived', by: 'foreign key of message; SecretWriter.put' },
  secret_beside: { role: 'derived', by: 'foreign keys of message and sidecar_record; SecretWriter.put and putRecord' },
  watched_file: { role: 'trace', by: 'EraseTraces.always' },
  import_run: { role: 'trace', by: 'EraseTraces.run, EraseTraces.always' },
  import_issue: { role: 'trace', by: 'EraseTraces.issuesAbout, EraseTraces.run' },
  import_stream: {
    role: 'trace',
    by: 'EraseTraces.entriesOf, EraseTraces.issuesAbout, EraseTraces.naming, EraseTraces.run',
  },
  import_entry: { role: 'trace', by: 'foreign keys of conversation and raw_record; EraseTraces.run' },
  // A message asked for a context may repeat any words of what is erased: no record outlives an erasure.
  assembly: { role: 'trace', by: 'EraseTraces.always' },
  // Who asked for how much when stays; words, which may repeat anything, and ids of what is gone do not.
  asked: { role: 'trace', by: 'EraseTraces.always' },
  upload: { role: 'trace', by: 'ImportWriter.end: no erasure touches a run that is not over' },
  op: { role: 'trace', by: 'eraseAnswers' },
  session_turn: { role: 'derived', by: 'foreign key of conversation; LineageWriter.replaceTurns' },
  turn_prefix: { role: 'derived', by: 'foreign key of message' },
  upstream: { role: 'kept', why: 'addresses and keys of services; taken out by name' },
  model_service: { role: 'kept', why: 'addresses and keys of services; taken out by name' },
  model_call: { role: 'kept', why: 'figures, times and hosts of what left, never what it was' },
  model_tally: { role: 'kept', why: 'figures' },
  memory_model: { role: 'kept', why: 'the name of a service, and figures' },
  model_read: { role: 'derived', by: 'foreign key of message; replaceContent' },
  embedder_choice: { role: 'kept', why: 'names of services' },
  vector_slot: { role: 'kept', why: 'names of models' },
  watcher: { role: 'kept', why: 'names of machines, programs and folders that are watched; taken out by name' },
  foresight_tally: { role: 'kept', why: 'figures and a time' },
  live_tally: { role: 'kept', why: 'figures and a time' },
  recipe: { role: 'kept', why: 'settings their owner wrote under a name; taken out by name' },
  setting: { role: 'kept', why: 'names and values of a closed list' },
  space: { role: 'kept', why: 'ids, the salt and the version' },
  erasure: { role: 'kept', why: 'ids, figures and times of erasures' },
  erasing: { role: 'trace', by: 'foreign key of conversation' },
  erased: { role: 'kept', why: 'hashes under the salt' },
} as const satisfies Record<keyof UserSchema, ErasureRole>;
