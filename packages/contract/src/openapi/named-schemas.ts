/**
 * What the schemas of the contract are called in the published description: by the names they are exported under. Only what
 * prints the description reads this; nothing that is served to a browser may.
 */
import { z } from 'zod';
import * as account from '../account.ts';
import * as activity from '../activity.ts';
import * as acu from '../acu.ts';
import * as admin from '../admin.ts';
import * as annotation from '../annotation.ts';
import * as artifact from '../artifact.ts';
import * as asked from '../asked.ts';
import * as assembly from '../assembly.ts';
import * as attachment from '../attachment.ts';
import * as conflicts from '../conflicts.ts';
import * as context from '../context.ts';
import * as contextEvents from '../context-events.ts';
import * as conversation from '../conversation.ts';
import * as conversationList from '../conversation-list.ts';
import * as correction from '../correction.ts';
import * as devices from '../devices.ts';
import * as erasure from '../erasure.ts';
import * as exclusion from '../exclusion.ts';
import * as graph from '../graph.ts';
import * as health from '../health.ts';
import * as identity from '../identity.ts';
import * as ids from '../ids.ts';
import * as imports from '../imports.ts';
import * as keyLog from '../key-log.ts';
import * as live from '../live.ts';
import * as memory from '../memory.ts';
import * as messageUse from '../message-use.ts';
import * as modelServices from '../model-services.ts';
import * as models from '../models.ts';
import * as oauth from '../oauth.ts';
import * as operator from '../operator.ts';
import * as outline from '../outline.ts';
import * as passkeys from '../passkeys.ts';
import * as pin from '../pin.ts';
import * as presence from '../presence.ts';
import * as problem from '../problem.ts';
import * as profile from '../profile.ts';
import * as recipe from '../recipe.ts';
import * as recovery from '../recovery.ts';
import * as reparse from '../reparse.ts';
import * as saved from '../saved.ts';
import * as sealed from '../sealed.ts';
import * as sealedSpace from '../sealed-space.ts';
import * as search from '../search.ts';
import * as searchChoices from '../search-choices.ts';
import * as secrets from '../secrets.ts';
import * as selfEvaluation from '../self-evaluation.ts';
import * as sessions from '../sessions.ts';
import * as uploads from '../uploads.ts';
import * as watched from '../watched.ts';
import * as watchers from '../watchers.ts';
import * as whereabouts from '../whereabouts.ts';

const modules: readonly object[] = [
  whereabouts,
  searchChoices,
  pin,
  outline,
  models,
  messageUse,
  graph,
  conversationList,
  annotation,
  activity,
  account,
  acu,
  admin,
  artifact,
  asked,
  assembly,
  attachment,
  conflicts,
  contextEvents,
  context,
  conversation,
  correction,
  devices,
  erasure,
  exclusion,
  health,
  identity,
  ids,
  imports,
  keyLog,
  live,
  memory,
  modelServices,
  oauth,
  operator,
  passkeys,
  presence,
  problem,
  profile,
  recipe,
  recovery,
  reparse,
  saved,
  sealedSpace,
  sealed,
  search,
  secrets,
  selfEvaluation,
  sessions,
  uploads,
  watched,
  watchers,
];

/** Read as `metadata` of `z.toJSONSchema`: what has a name there is told once and referred to. */
export const namedSchemas = z.registry<{ id: string }>();
export const schemaOf = new Map<string, z.ZodType>();
for (const each of modules)
  for (const [name, value] of Object.entries(each)) {
    if (!(value instanceof z.ZodType) || namedSchemas.has(value) || schemaOf.has(name)) continue;
    namedSchemas.add(value, { id: name });
    schemaOf.set(name, value);
  }
