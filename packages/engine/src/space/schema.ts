/** Every table of a person's database, by its name. No table has a user column. */

import type { AnnotationTable, NoteWordsTable } from './schema/annotations-tables.ts';
import type { AskedTable } from './schema/asked-tables.ts';
import type { AssemblyTable } from './schema/assemblies-tables.ts';
import type {
  ImportEntryTable,
  ImportIssueTable,
  ImportRunTable,
  ImportStreamTable,
  RawRecordTable,
} from './schema/capture-tables.ts';
import type { BundleSectionTable, BundleSourceTable, BundleTable, OutboxTable } from './schema/context-tables.ts';
import type {
  AttachmentTable,
  CitationTable,
  ConversationTable,
  MessageTable,
  PartTable,
} from './schema/conversations-tables.ts';
import type { CorrectionTable } from './schema/corrections-tables.ts';
import type { ExclusionTable } from './schema/exclusions-tables.ts';
import type { ArtifactVersionTable, BlobPieceTable, BlobTable } from './schema/files-tables.ts';
import type { ForesightTallyTable } from './schema/foresight-tables.ts';
import type { SessionTurnTable } from './schema/lineage-tables.ts';
import type { LiveTallyTable, TurnPrefixTable, UpstreamTable } from './schema/live-tables.ts';
import type {
  FeedbackTable,
  MemoryEvidenceTable,
  MemoryRelationTable,
  MemoryStepTable,
  MemoryTable,
  MemoryTermPlaceTable,
  MemoryTermTable,
  MemoryWordsTable,
  ProjectDocumentTable,
  ProjectTable,
  SidecarRecordTable,
} from './schema/memories-tables.ts';
import type {
  EmbedderChoiceTable,
  MemoryModelTable,
  ModelCallTable,
  ModelReadTable,
  ModelServiceTable,
  ModelTallyTable,
  VectorSlotTable,
} from './schema/models-tables.ts';
import type { PinTable } from './schema/pins-tables.ts';
import type {
  EntityAcuTable,
  EntityConversationTable,
  EntityFormTable,
  EntityTable,
  TopicAcuTable,
  TopicConversationTable,
  TopicFormTable,
  TopicTable,
  TopicVectorTable,
} from './schema/profiles-tables.ts';
import type { RecipeTable } from './schema/recipes-tables.ts';
import type { BranchPlaceTable, BranchWordsTable, CodeSymbolTable } from './schema/search-tables.ts';
import type { SecretBesideTable, SecretPlaceTable, SecretTable, SettingTable } from './schema/secrets-tables.ts';
import type { AcuBandTable, FormerAcuTable } from './schema/segmentation-tables.ts';
import type { ErasedTable, ErasingTable, ErasureTable, OpTable, SpaceTable } from './schema/space-tables.ts';
import type {
  AcuLinkTable,
  AcuTable,
  EmbeddingTable,
  EmbeddingVectorTable,
  SpeakerTable,
  WordPlaceTable,
  WordsTable,
  WordTotalTable,
} from './schema/units-tables.ts';
import type { UploadTable } from './schema/uploads-tables.ts';
import type { WatchedFileTable, WatcherTable } from './schema/watched-tables.ts';

export interface UserSchema {
  space: SpaceTable;
  op: OpTable;
  import_run: ImportRunTable;
  import_issue: ImportIssueTable;
  import_stream: ImportStreamTable;
  import_entry: ImportEntryTable;
  raw_record: RawRecordTable;
  upload: UploadTable;
  conversation: ConversationTable;
  message: MessageTable;
  part: PartTable;
  attachment: AttachmentTable;
  citation: CitationTable;
  blob: BlobTable;
  blob_piece: BlobPieceTable;
  artifact_version: ArtifactVersionTable;
  acu: AcuTable;
  acu_link: AcuLinkTable;
  embedding: EmbeddingTable;
  embedding_vector: EmbeddingVectorTable;
  topic: TopicTable;
  topic_acu: TopicAcuTable;
  topic_conversation: TopicConversationTable;
  topic_form: TopicFormTable;
  topic_vector: TopicVectorTable;
  entity: EntityTable;
  entity_acu: EntityAcuTable;
  entity_conversation: EntityConversationTable;
  entity_form: EntityFormTable;
  correction: CorrectionTable;
  bundle: BundleTable;
  bundle_source: BundleSourceTable;
  bundle_section: BundleSectionTable;
  outbox: OutboxTable;
  former_acu: FormerAcuTable;
  acu_band: AcuBandTable;
  message_words: WordsTable;
  message_words_before: WordsTable;
  word_place: WordPlaceTable;
  word_total: WordTotalTable;
  branch_words: BranchWordsTable;
  branch_place: BranchPlaceTable;
  code_symbol: CodeSymbolTable;
  speaker: SpeakerTable;
  sidecar_record: SidecarRecordTable;
  project: ProjectTable;
  project_document: ProjectDocumentTable;
  memory: MemoryTable;
  memory_evidence: MemoryEvidenceTable;
  memory_words: MemoryWordsTable;
  memory_relation: MemoryRelationTable;
  memory_step: MemoryStepTable;
  memory_term: MemoryTermTable;
  memory_term_place: MemoryTermPlaceTable;
  feedback: FeedbackTable;
  erasure: ErasureTable;
  erased: ErasedTable;
  erasing: ErasingTable;
  upstream: UpstreamTable;
  model_service: ModelServiceTable;
  model_call: ModelCallTable;
  model_tally: ModelTallyTable;
  memory_model: MemoryModelTable;
  model_read: ModelReadTable;
  embedder_choice: EmbedderChoiceTable;
  vector_slot: VectorSlotTable;
  turn_prefix: TurnPrefixTable;
  live_tally: LiveTallyTable;
  session_turn: SessionTurnTable;
  setting: SettingTable;
  secret: SecretTable;
  secret_place: SecretPlaceTable;
  secret_beside: SecretBesideTable;
  watched_file: WatchedFileTable;
  watcher: WatcherTable;
  recipe: RecipeTable;
  assembly: AssemblyTable;
  asked: AskedTable;
  exclusion: ExclusionTable;
  pin: PinTable;
  annotation: AnnotationTable;
  note_words: NoteWordsTable;
  foresight_tally: ForesightTallyTable;
}
