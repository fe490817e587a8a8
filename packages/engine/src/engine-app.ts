/**
 * Composition root of one person's engine: their space, the services over it, the routes to them.
 * The only place that knows all the rooms of the house.
 */
import type { Clock } from '@vivim/contract/clock';
import type { MigrateCommand, OpenCommand, PrepareCommand } from '@vivim/contract/ticket';
import manifest from '../package.json' with { type: 'json' };
import { Background } from './background.ts';
import { ImportTask } from './capture/import.ts';
import { NearDuplicateTask } from './capture/near-duplicates.ts';
import { RecutTask } from './capture/recut-units.ts';
import { ReindexTask } from './capture/reindex-words.ts';
import { ReparseTask } from './capture/reparse.ts';
import { maskText } from './capture/secrets/guard-secrets.ts';
import { Uploads } from './capture/uploads.ts';
import { AssemblyRecords } from './context/assembly-records.ts';
import { ContextOrchestrator } from './context/context-orchestrator.ts';
import { Embedders } from './context/embedders/embedders.ts';
import { embeddingTasks } from './context/embedders/embedding-tasks.ts';
import { TopicEmbedding } from './context/embedders/topic-embedding.ts';
import { SelfEvaluations } from './context/evaluation/self-evaluation.ts';
import { Foresight } from './context/foresight/foresight.ts';
import { Presences } from './context/foresight/presences.ts';
import { UnderWay } from './context/foresight/under-way.ts';
import { WarmRetrievals } from './context/foresight/warm-retrievals.ts';
import { WarmUp } from './context/foresight/warm-up.ts';
import { ModelMemoryFinder } from './context/memories/by-model/model-memory-finder.ts';
import { MemoryFinder } from './context/memories/memory-finder.ts';
import { ProfileRollupService } from './context/profile-rollup-service.ts';
import { Retriever } from './context/retrieval/retriever.ts';
import { VectorIndex } from './context/retrieval/vector-index.ts';
import { askModel } from './context/services/chat-model.ts';
import { ServiceGate } from './context/services/service-gate.ts';
import { StandingBundles } from './context/standing-bundles.ts';
import { SubjectNames } from './context/subject-names.ts';
import { TitleIndex } from './context/title-index.ts';
import { o200k } from './context/tokens/byte-pair-tokenizer.ts';
import { Eraser, type NoteErasure } from './erasure/eraser.ts';
import { ErasingTask } from './erasure/erasing-task.ts';
import { redactConversation } from './erasure/redact-conversation.ts';
import { ShrinkingTask } from './erasure/shrinking-task.ts';
import { SpaceEvents } from './events.ts';
import { FollowingProgress } from './following.ts';
import { activityHandlers } from './http/activity.ts';
import { acuHandlers } from './http/acus.ts';
import { annotationHandlers } from './http/annotations.ts';
import { askedHandlers } from './http/asked.ts';
import { AskedRecords } from './http/asked-records.ts';
import { assemblyHandlers } from './http/assemblies.ts';
import { attachmentHandlers } from './http/attachments.ts';
import { bundleHandlers } from './http/bundles.ts';
import { conflictHandlers } from './http/conflicts.ts';
import { contextHandlers } from './http/context.ts';
import { conversationHandlers } from './http/conversations.ts';
import { correctionHandlers } from './http/corrections.ts';
import { engineHttp } from './http/engine-http.ts';
import { entityHandlers } from './http/entities.ts';
import { erasureHandlers } from './http/erasures.ts';
import { exclusionHandlers } from './http/exclusions.ts';
import { exportHandlers } from './http/export.ts';
import { graphHandlers } from './http/graph.ts';
import type { EngineHandlers } from './http/handler.ts';
import { importEntryHandlers } from './http/import-entries.ts';
import { importHandlers } from './http/imports.ts';
import { liveEntrance } from './http/live.ts';
import { memoryHandlers } from './http/memories.ts';
import { messageHandlers } from './http/messages.ts';
import { modelEntrance } from './http/model-entrance.ts';
import { modelServiceHandlers } from './http/model-services.ts';
import { pinHandlers } from './http/pins.ts';
import { presenceHandlers } from './http/presence.ts';
import { recipeHandlers } from './http/recipes.ts';
import { savedHandlers } from './http/saved.ts';
import { searchHandlers } from './http/search.ts';
import { secretHandlers } from './http/secrets.ts';
import { selfEvaluationHandlers } from './http/self-evaluation.ts';
import { spaceHandlers } from './http/space.ts';
import { ticketGate } from './http/ticket-gate.ts';
import { topicHandlers } from './http/topics.ts';
import { uploadHandlers } from './http/uploads.ts';
import { upstreamHandlers } from './http/upstreams.ts';
import { watchedHandlers } from './http/watched.ts';
import { describeError, writeLog } from './log.ts';
import { mcpEntrance } from './mcp/mcp-entrance.ts';
import type { AskChat, AskGateway } from './models/ask-gateway.ts';
import { embedderClient } from './models/embedder-client.ts';
import { type BackedUp, Copies } from './space/copies.ts';
import { Spool } from './space/spool.ts';
import {
  createUserSpace,
  openUserSpace,
  type Prepared,
  prepareUserSpace,
  type SpaceLocation,
  type UserSpace,
} from './space/user-space.ts';
import type { Migration } from './sqlite/migrate.ts';

export interface Engine {
  readonly fetch: (request: Request) => Response | Promise<Response>;
  /** Start the work that waits in the space. Called once the first request can be answered. */
  begin(): void;
  /** Leave an encrypted copy of the space as `copies/<name>`. @throws AppError (see `Copies.backUp`) */
  backUp(name: string): Promise<BackedUp>;
  /**
   * Stop after the step under way, fold the log into the file and let go of it.
   *
   * @param amongOthers other spaces are served by this process, and must not wait for the disk meanwhile
   */
  close(amongOthers?: boolean): Promise<void>;
}

export interface EngineDeps {
  readonly clock: Clock;
  /** Told how many jobs wait: while above zero the engine is kept alive. */
  readonly onPending: (pending: number, computing: boolean) => void;
  /** Keeps the note of an erasure beside the keys, before anything is erased. */
  readonly note: NoteErasure;
  /** Has texts sent to a service the owner agreed to. */
  readonly embed: AskGateway;
  readonly chat: AskChat;
  readonly migrations: readonly Migration[];
  /** The file a new space begins as; null where its schema is made step by step. */
  readonly blank: string | null;
}

/** After an answer nothing is made ready in advance for this long. Milliseconds. */
const restMs = 200;
/** Unasked for so long, a space gives back the memory of its pages. Milliseconds. */
const unaskedMs = 60_000;

/** @throws AppError when the space cannot be opened safely (see `openUserSpace`) */
export function startEngine(command: OpenCommand, deps: EngineDeps): Engine {
  const space = openSpace(command, deps);
  try {
    return engineOver(space, command, deps);
  } catch (error) {
    // In a process of many a connection left open would stay so, and keep the file from the next attempt.
    space.close();
    throw error;
  }
}

function engineOver(space: UserSpace, command: OpenCommand, deps: EngineDeps): Engine {
  const { clock } = deps;
  const wake = () => background.wake();
  const events = new SpaceEvents();
  const spool = new Spool(space.location);
  const uploads = new Uploads({ space, spool, events, clock, wake });
  const copies = new Copies(space);
  const onErased = () => {
    vectors.forget();
    retriever.forget();
    titles.forget();
    wake();
  };
  const eraser = new Eraser({ space, clock, note: deps.note, onErased });
  const erasing = new ErasingTask({ space, events, clock, onErased });
  const gate = new ServiceGate({ space, clock });
  const embedders = new Embedders({
    space,
    gate,
    builtIn: command.modelsSocketPath === null ? null : embedderClient(command.modelsSocketPath),
    ask: deps.embed,
    clock,
    onSwitched: () => vectors.forget(),
    wake,
  });
  const embedder = embedders.answering;
  const titles = new TitleIndex(space);
  const vectors = new VectorIndex(space, embedder);
  const retriever = new WarmRetrievals({
    space,
    retriever: new Retriever({ space, embedder, vectors, clock }),
    embedder,
    clock,
  });
  // Before anything else reads: what comes here as an older copy goes on without what was erased since.
  eraser.replay(command.erased);
  const standing = new StandingBundles({ space, tokenizer: o200k, clock });
  const mask = (text: string): string => maskText(text, () => true);
  const records = new AssemblyRecords({ space, clock, mask });
  const asked = new AskedRecords({ space, clock, mask });
  const names = new SubjectNames(space);
  const presences = new Presences(clock);
  const foresight = new Foresight({ space, presences, names, clock });
  const underWay = new UnderWay(() => {
    if (warmUp.pending() > 0) wake();
  }, restMs);
  const serving = new UnderWay(() => {
    space.rest();
    vectors.rest();
    titles.forget();
  }, unaskedMs);
  const warmUp = new WarmUp({ space, foresight, presences, retrievals: retriever, standing, vectors, underWay });
  const orchestrator = new ContextOrchestrator({ space, retriever, standing, records, names, foresight, underWay });
  const imports = new ImportTask({
    space,
    spool,
    events,
    clock,
    withholdIn: (w, pk, marks, nowMs) => redactConversation(w, pk, marks, nowMs).changed,
    onUnexpected: (error) => logBackground('import', error),
  });
  const rollup = new ProfileRollupService(space, (error) => logBackground('rollup', error));
  const embedding = embeddingTasks({ space, embedders, vectors, clock, wake });
  const finder = new MemoryFinder({ space, clock, onUnreadable: (error) => logBackground('memories', error) });
  const byModel = new ModelMemoryFinder({
    space,
    clock,
    ask: (service, question) => askModel(service, question, { gate, ask: deps.chat }),
    wake,
  });
  const reparse = new ReparseTask({ space, clock, onUnreadable: (error) => logBackground('reparse', error) });
  const following = new FollowingProgress({ space, events, clock, embeds: () => embedder.absent !== true });
  const evaluations = new SelfEvaluations({ space, retriever, clock, wake });
  const background = new Background(
    [
      erasing,
      imports,
      new ReindexTask(space),
      new RecutTask(space, clock),
      rollup,
      finder,
      standing,
      // A few labels, before the many messages: topics are near in meaning from the first minutes.
      new TopicEmbedding({ space, embedder, clock, wake }),
      ...embedding,
      byModel,
      reparse,
      new NearDuplicateTask(space),
      new ShrinkingTask({ space }),
      evaluations,
      warmUp,
    ],
    {
      failure: logBackground,
      pending: (count, computing) => {
        deps.onPending(count, computing);
        following.look();
      },
    },
  );
  const onFailure = (operation: string, error: unknown, traceId?: string) =>
    writeLog({
      level: 'error',
      event: 'request-failed',
      operation,
      ...(traceId === undefined ? {} : { traceId }),
      error: describeError(error),
    });
  const handlers: EngineHandlers = {
    ...activityHandlers({ space, clock }),
    ...spaceHandlers({ space, events, embedder, following }),
    ...exportHandlers({ copies, clock }),
    ...importHandlers({ space, spool, uploads, events, clock, wake, stepEnded: () => imports.stepEnded() }),
    ...importEntryHandlers({ space }),
    ...uploadHandlers({ space, spool, uploads, clock }),
    ...conversationHandlers({ space }),
    ...messageHandlers({ space }),
    ...attachmentHandlers({ space }),
    ...acuHandlers({ space }),
    ...searchHandlers({ space, retriever, titles }),
    ...selfEvaluationHandlers({ evaluations }),
    ...topicHandlers({ space, clock }),
    ...graphHandlers({ space, clock }),
    ...entityHandlers({ space, clock }),
    ...memoryHandlers({ space, eraser, clock, wake }),
    ...correctionHandlers({ space, clock, wake }),
    ...contextHandlers({ orchestrator, onUnexpected: (error) => onFailure('streamContext', error) }),
    ...presenceHandlers({ space, presences, foresight, isReady: (subject) => warmUp.isReady(subject) }),
    ...assemblyHandlers({ space }),
    ...askedHandlers({ space }),
    ...bundleHandlers({ space, standing }),
    ...recipeHandlers({ space, clock }),
    ...annotationHandlers({ space, clock }),
    ...exclusionHandlers({ space, clock, wake }),
    ...pinHandlers({ space, clock }),
    ...erasureHandlers({ space, eraser }),
    ...upstreamHandlers({ space, clock }),
    ...modelServiceHandlers({ space, embedders, memories: byModel, clock }),
    ...secretHandlers({ space, clock, wake }),
    ...conflictHandlers({ space, clock, wake }),
    ...savedHandlers({ space, events, clock, wake, onUnexpected: (error) => logBackground('import', error) }),
    ...watchedHandlers({ space, events, clock, wake, onUnexpected: (error) => logBackground('import', error) }),
  };
  const fetch = engineHttp({
    space,
    gate: ticketGate(command, command.ticketKey, clock),
    handlers,
    asked,
    live: liveEntrance({ space, events, clock, wake, onUnexpected: (error) => onFailure('live', error) }),
    models: modelEntrance({ space, embedders, memories: byModel, clock }),
    mcp: mcpEntrance({ handlers, asked, version: manifest.version, onFailure }),
    onFailure,
  });
  let recovered = Promise.resolve();
  return {
    fetch: (request) => serving.during(() => underWay.during(() => fetch(request))),
    begin() {
      recovered = uploads
        .recover()
        .then(() => imports.recover())
        .then(() => finder.recover())
        .then(wake, (error) => logBackground('recover', error));
    },
    backUp: (name) => copies.backUp(name),
    async close(amongOthers = false) {
      underWay.close();
      serving.close();
      await recovered;
      await Promise.all([background.stop(), copies.stop()]);
      await imports.close();
      if (amongOthers) await space.foldAside();
      space.checkpoint();
      space.close();
    },
  };
}

/** See {@link prepareUserSpace}. @throws AppError when the space cannot be opened safely */
export const prepareSpace = (command: PrepareCommand, migrations: readonly Migration[]): Prepared =>
  prepareUserSpace(locationOf(command), command.name, migrations);

/** Bring a space to the newest schema without serving it. @throws AppError as {@link openUserSpace} */
export function migrateSpace(command: MigrateCommand, clock: Clock, migrations: readonly Migration[]): void {
  const space = openUserSpace(locationOf(command), clock, migrations);
  space.checkpoint();
  space.close();
}

function openSpace(command: OpenCommand, { clock, migrations, blank }: EngineDeps): UserSpace {
  const location = locationOf(command);
  return command.create
    ? createUserSpace(location, clock, migrations, blank)
    : openUserSpace(location, clock, migrations);
}

const locationOf = (command: OpenCommand | PrepareCommand | MigrateCommand): SpaceLocation => ({
  directory: command.directory,
  storageId: command.storageId,
  ownerId: command.userId,
  keyHex: command.key,
  quotaBytes: command.quotaBytes,
});

function logBackground(task: string, error: unknown): void {
  writeLog({ level: 'error', event: `background-${task}`, error: describeError(error) });
}
