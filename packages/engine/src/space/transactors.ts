/**
 * What a transaction on a space is given: stores that read, or stores that also write. A reader has no writing method.
 */
import type { Whereabouts } from '@vivim/contract/whereabouts';
import type { Connection } from '../sqlite/database.ts';
import { MemoryRecordWriter } from './archive/memory-record-writer.ts';
import { RecordWriter } from './archive/record-writer.ts';
import { countAll, type SpaceCounts } from './counts.ts';
import { AcuReader, AcuWriter } from './stores/acus.ts';
import { ArtifactReader, ArtifactWriter } from './stores/artifacts.ts';
import { AssemblyReader, AssemblyWriter } from './stores/assemblies.ts';
import { AttachmentReader, AttachmentWriter } from './stores/attachments.ts';
import { BlobReader, BlobWriter } from './stores/blobs.ts';
import { BundleReader, BundleWriter } from './stores/bundles.ts';
import { ConversationReader, ConversationWriter } from './stores/conversations.ts';
import { DayRuns } from './stores/day-runs.ts';
import { EmbeddingReader, EmbeddingWriter } from './stores/embeddings.ts';
import { EntityReader, EntityWriter } from './stores/entities.ts';
import { EraseMemories } from './stores/erase-memories.ts';
import { EraseRows } from './stores/erase-rows.ts';
import { EraseTraces } from './stores/erase-traces.ts';
import { ErasureReader, ErasureWriter } from './stores/erasures.ts';
import { ImportEntryReader, ImportEntryWriter } from './stores/import-entries.ts';
import { ImportReader, ImportWriter } from './stores/imports.ts';
import { LineageReader, LineageWriter } from './stores/lineage.ts';
import { LiveTallyReader, LiveTallyWriter } from './stores/live-tally.ts';
import { MemoryReader, MemoryWriter } from './stores/memories.ts';
import { NearUnitReader, NearUnitWriter } from './stores/near-units.ts';
import { OutboxReader, OutboxWriter } from './stores/outbox.ts';
import { ParserVersionReader, ParserVersionWriter } from './stores/parser-versions.ts';
import { ProjectReader, ProjectWriter } from './stores/projects.ts';
import { RawRecordReader, RawRecordWriter } from './stores/raw-records.ts';
import { RecipeReader, RecipeWriter } from './stores/recipes.ts';
import { SecretReader, SecretWriter } from './stores/secrets.ts';
import { TopicReader, TopicWriter } from './stores/topics.ts';
import { TurnPrefixReader, TurnPrefixWriter } from './stores/turn-prefixes.ts';
import { UploadReader, UploadWriter } from './stores/uploads.ts';
import { UpstreamReader, UpstreamWriter } from './stores/upstreams.ts';
import { VersionConflictReader, VersionConflictWriter } from './stores/version-conflicts.ts';
import { WatchedFileReader, WatchedFileWriter } from './stores/watched-files.ts';
import { whereabouts } from './stores/whereabouts.ts';
import { WholeExports } from './stores/whole-exports.ts';
import { WordReader, WordWriter } from './stores/words.ts';
import { defineWordFunctions } from './words/word-functions.ts';

export class SpaceReader {
  /** See {@link whereabouts}. */
  readonly whereabouts: (q: string) => Whereabouts;
  /** How much of everything the space holds. */
  readonly counts: () => SpaceCounts;
  readonly conversations: ConversationReader;
  readonly imports: ImportReader;
  readonly importEntries: ImportEntryReader;
  readonly uploads: UploadReader;
  readonly rawRecords: RawRecordReader;
  readonly acus: AcuReader;
  readonly nearUnits: NearUnitReader;
  readonly words: WordReader;
  readonly embeddings: EmbeddingReader;
  readonly topics: TopicReader;
  readonly entities: EntityReader;
  readonly memories: MemoryReader;
  readonly projects: ProjectReader;
  readonly bundles: BundleReader;
  readonly outbox: OutboxReader;
  readonly attachments: AttachmentReader;
  readonly artifacts: ArtifactReader;
  readonly blobs: BlobReader;
  readonly erasures: ErasureReader;
  readonly upstreams: UpstreamReader;
  readonly lineage: LineageReader;
  readonly turnPrefixes: TurnPrefixReader;
  readonly liveTally: LiveTallyReader;
  readonly secrets: SecretReader;
  readonly parserVersions: ParserVersionReader;
  readonly versionConflicts: VersionConflictReader;
  readonly watchedFiles: WatchedFileReader;
  readonly recipes: RecipeReader;
  readonly assemblies: AssemblyReader;

  constructor(connection: Connection) {
    this.counts = () => countAll(connection);
    this.whereabouts = (q) => whereabouts(connection, q);
    this.conversations = new ConversationReader(connection);
    this.imports = new ImportReader(connection);
    this.importEntries = new ImportEntryReader(connection);
    this.uploads = new UploadReader(connection);
    this.rawRecords = new RawRecordReader(connection);
    this.acus = new AcuReader(connection);
    this.nearUnits = new NearUnitReader(connection);
    this.words = new WordReader(connection);
    this.embeddings = new EmbeddingReader(connection);
    this.topics = new TopicReader(connection);
    this.entities = new EntityReader(connection);
    this.memories = new MemoryReader(connection);
    this.projects = new ProjectReader(connection);
    this.bundles = new BundleReader(connection);
    this.outbox = new OutboxReader(connection);
    this.attachments = new AttachmentReader(connection);
    this.artifacts = new ArtifactReader(connection);
    this.blobs = new BlobReader(connection);
    this.erasures = new ErasureReader(connection);
    this.upstreams = new UpstreamReader(connection);
    this.lineage = new LineageReader(connection);
    this.turnPrefixes = new TurnPrefixReader(connection);
    this.liveTally = new LiveTallyReader(connection);
    this.secrets = new SecretReader(connection);
    this.parserVersions = new ParserVersionReader(connection);
    this.versionConflicts = new VersionConflictReader(connection);
    this.watchedFiles = new WatchedFileReader(connection);
    this.recipes = new RecipeReader(connection);
    this.assemblies = new AssemblyReader(connection);
  }
}

export class SpaceWriter {
  readonly conversations: ConversationWriter;
  readonly imports: ImportWriter;
  readonly importEntries: ImportEntryWriter;
  readonly uploads: UploadWriter;
  readonly rawRecords: RawRecordWriter;
  readonly acus: AcuWriter;
  readonly nearUnits: NearUnitWriter;
  readonly words: WordWriter;
  readonly embeddings: EmbeddingWriter;
  readonly topics: TopicWriter;
  readonly entities: EntityWriter;
  readonly memories: MemoryWriter;
  readonly projects: ProjectWriter;
  readonly bundles: BundleWriter;
  readonly outbox: OutboxWriter;
  readonly attachments: AttachmentWriter;
  readonly artifacts: ArtifactWriter;
  readonly blobs: BlobWriter;
  readonly erasures: ErasureWriter;
  readonly upstreams: UpstreamWriter;
  readonly lineage: LineageWriter;
  readonly turnPrefixes: TurnPrefixWriter;
  readonly liveTally: LiveTallyWriter;
  readonly secrets: SecretWriter;
  readonly dayRuns: DayRuns;
  readonly parserVersions: ParserVersionWriter;
  readonly versionConflicts: VersionConflictWriter;
  readonly wholeExports: WholeExports;
  readonly watchedFiles: WatchedFileWriter;
  readonly recipes: RecipeWriter;
  readonly assemblies: AssemblyWriter;
  /** Rows that go for good; for erasing alone. */
  readonly eraseRows: EraseRows;
  readonly eraseTraces: EraseTraces;
  readonly eraseMemories: EraseMemories;
  /** Records of an archive. */
  readonly records: RecordWriter;
  readonly memoryRecords: MemoryRecordWriter;

  constructor(connection: Connection) {
    defineWordFunctions(connection);
    this.conversations = new ConversationWriter(connection);
    this.imports = new ImportWriter(connection);
    this.importEntries = new ImportEntryWriter(connection);
    this.uploads = new UploadWriter(connection);
    this.rawRecords = new RawRecordWriter(connection);
    this.acus = new AcuWriter(connection);
    this.nearUnits = new NearUnitWriter(connection);
    this.words = new WordWriter(connection);
    this.embeddings = new EmbeddingWriter(connection);
    this.topics = new TopicWriter(connection);
    this.entities = new EntityWriter(connection);
    this.memories = new MemoryWriter(connection);
    this.projects = new ProjectWriter(connection);
    this.bundles = new BundleWriter(connection);
    this.outbox = new OutboxWriter(connection);
    this.attachments = new AttachmentWriter(connection);
    this.artifacts = new ArtifactWriter(connection);
    this.blobs = new BlobWriter(connection);
    this.erasures = new ErasureWriter(connection);
    this.upstreams = new UpstreamWriter(connection);
    this.lineage = new LineageWriter(connection);
    this.turnPrefixes = new TurnPrefixWriter(connection);
    this.liveTally = new LiveTallyWriter(connection);
    this.secrets = new SecretWriter(connection);
    this.dayRuns = new DayRuns(connection);
    this.parserVersions = new ParserVersionWriter(connection);
    this.versionConflicts = new VersionConflictWriter(connection);
    this.wholeExports = new WholeExports(connection);
    this.watchedFiles = new WatchedFileWriter(connection);
    this.recipes = new RecipeWriter(connection);
    this.assemblies = new AssemblyWriter(connection);
    this.eraseRows = new EraseRows(connection);
    this.eraseTraces = new EraseTraces(connection);
    this.eraseMemories = new EraseMemories(connection);
    this.records = new RecordWriter(connection);
    this.memoryRecords = new MemoryRecordWriter(connection);
  }
}
