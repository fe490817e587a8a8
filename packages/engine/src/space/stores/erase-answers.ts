/**
 * Takes words out of the answers that are kept for verbs: that each was applied is remembered, and the same verb again is answered in
 * the same shape, without them. Which answers may stay as they are is a closed list: a new verb has to say so here.
 */
import { erasedMark } from '@vivim/contract/erasure';
import type { OperationOf, Routes } from '@vivim/contract/routes';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { statement } from '../statement.ts';

type Nothing = Record<never, never>;
/** Everything an engine is asked that is no mere reading. */
type Write = {
  [K in OperationOf<'engine'>]: Routes[K]['method'] extends 'GET' | 'HEAD' ? never : K;
}[OperationOf<'engine'>];
/**
 * What stands in place of what, by the member of the answer; or why nothing has to: its answer has figures, ids and words of settings
 * alone, it is not kept, or (of imports and memories) it is found by its shape, under whatever name it was applied.
 */
type Blanked = Readonly<Record<string, unknown>> | 'holds no words' | 'keeps none' | 'by its shape';

const corrected = { name: erasedMark, value: erasedMark };
const nameless = { name: null };

const answers: Readonly<Record<Write, Blanked>> = {
  createImport: 'by its shape',
  cancelImport: 'by its shape',
  pauseImport: 'by its shape',
  resumeImport: 'by its shape',
  createContext: 'keeps none',
  streamContext: 'keeps none',
  createMemory: 'by its shape',
  changeMemory: 'by its shape',
  forgetMemory: 'holds no words',
  mergeMemory: 'by its shape',
  reviewMemory: 'by its shape',
  settleMemoryConflict: 'by its shape',
  undoMemoryStep: { memories: [] },
  createUpload: 'holds no words',
  appendUpload: 'keeps none',
  deleteUpload: 'holds no words',
  eraseConversation: 'holds no words',
  eraseMessage: 'holds no words',
  eraseAcu: 'holds no words',
  eraseTopic: 'holds no words',
  eraseEntity: 'holds no words',
  eraseImport: 'holds no words',
  erase: 'holds no words',
  eraseRange: 'holds no words',
  allowErased: 'holds no words',
  putUpstream: 'holds no words',
  deleteUpstream: 'holds no words',
  putModelService: 'holds no words',
  deleteModelService: 'holds no words',
  chooseEmbedder: 'holds no words',
  chooseMemoryModel: 'holds no words',
  saveConversation: { issues: [] },
  saveNote: { issues: [] },
  reparse: 'holds no words',
  resolveConflicts: 'by its shape',
  correctTopic: corrected,
  correctEntity: corrected,
  undoCorrection: corrected,
  decideSecrets: 'holds no words',
  setSecretSettings: 'holds no words',
  growWatchedFile: { fileName: erasedMark },
  tellWatcher: 'holds no words',
  forgetWatcher: 'holds no words',
  startSelfEvaluation: 'keeps none',
  cancelSelfEvaluation: 'keeps none',
  putRecipe: 'holds no words',
  deleteRecipe: 'holds no words',
  createExclusion: nameless,
  deleteExclusion: nameless,
  createPin: nameless,
  deletePin: nameless,
  annotate: { undo: [] },
  deleteAsked: 'holds no words',
  clearAsked: 'holds no words',
  putPresence: 'keeps none',
};

const blank = statement<{ operation: string; path: string; value: string }>(
  (_, p) => sql`
    UPDATE op SET answer = json_replace(answer, ${p.path}, json(${p.value})) WHERE operation = ${p.operation} AND json_valid(answer)`,
);
/** Answers of imports name files and list issues with titles; that a verb was applied is remembered without them. */
const scrubImports = statement<Nothing>(
  () => sql`
    UPDATE op SET answer = json_set(answer, '$.fileName', ${sql.lit(erasedMark)}, '$.fileSha256', NULL, '$.error', NULL,
      '$.detected', NULL, '$.begins', NULL, '$.report.issues', json('[]'))
    WHERE answer IS NOT NULL AND json_type(answer, '$.report.issues') = 'array'`,
);
/** What was answered about memories, word for word. */
const scrubMemories = statement<Nothing>(
  () => sql`
    UPDATE op SET answer = json_set(answer, '$.text', ${sql.lit(erasedMark)}, '$.name', NULL, '$.aliases', json('[]'), '$.scopes',
      json('[]'), '$.attribute', NULL) WHERE json_valid(answer) AND json_extract(answer, '$.id') LIKE 'k_%'`,
);
/** Which conversations were decided on otherwise before. */
const scrubDecisions = statement<Nothing>(
  () => sql`
    UPDATE op SET answer = json_set(answer, '$.before', json('[]'))
    WHERE json_valid(answer) AND json_type(answer, '$.before') = 'array'`,
);
const scrubConflicts = statement<Nothing>(
  () => sql`
    UPDATE op SET answer = json_set(answer, '$.memories', json('[]')) WHERE json_valid(answer)
      AND json_type(answer, '$.memories') = 'array' AND json_type(answer, '$.attribute') = 'text'`,
);
/** Verbs named after a hash of what they brought. */
const forgetNamedVerbs = statement<Nothing>(() => sql`DELETE FROM op WHERE id LIKE 'mcp:%'`);

/** What every erasure takes with it: nobody can say which of the answers held what went. */
export function eraseAnswers(connection: Connection): void {
  for (const [operation, blanked] of Object.entries(answers))
    for (const [member, value] of typeof blanked === 'string' ? [] : Object.entries(blanked))
      blank.run(connection, { operation, path: `$.${member}`, value: JSON.stringify(value) });
  for (const scrub of [scrubImports, scrubMemories, scrubConflicts, scrubDecisions, forgetNamedVerbs])
    scrub.run(connection, {});
}
