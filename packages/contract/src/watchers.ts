/**
 * Watchers, as they tell of themselves at their rounds: on which machine, which folders of which programs, how they found them. Kept in
 * the space of the person alone. Of a path its home is `~`.
 */
import { z } from 'zod';
import { Source } from './conversation.ts';

export const WatcherParams = z.strictObject({ machine: z.uuid() });

/** What kept something out, as a code: no word of a file. */
const Code = z.string().regex(/^\w{1,60}$/);

export const ToldPlace = z.strictObject({
  source: Source,

  /** Path on that machine; its home is `~`. */
  folder: z.string().min(1).max(400),
  /** Files of the program that lie there. */
  files: z.int().min(0),
  /** Of those that could not be brought in at the last look, and why the last of them could not. */
  failed: z.int().min(0),

  /** A code; null where nothing failed. */
  error: Code.nullable(),
  /** Its person named it, and it is not there. */
  missing: z.boolean(),
  /** When something of it last came in, and how often, since the watcher was started; null where nothing did. */
  came: z
    .strictObject({
      at: z.iso.datetime(),
      /** How often something came in. */
      times: z.int().min(1),
    })
    .nullable(),
});
export type ToldPlace = z.infer<typeof ToldPlace>;

export const TellWatcher = z.strictObject({
  /** What its machine is called. */
  device: z.string().min(1).max(100),
  /** The watcher ends now. */
  ended: z.boolean(),

  /** The folders it looks at, each with what came of it. */
  places: z.array(ToldPlace).max(100),
});
export type TellWatcher = z.infer<typeof TellWatcher>;

/** `silent`: it did not say that it ends, and has not been heard of for longer than it would leave between two rounds it tells of. */
export const WatcherState = z.enum(['watching', 'stopped', 'silent']);

export const Watcher = TellWatcher.omit({ ended: true }).extend({
  /** The name it made up for its machine. */
  machine: z.uuid(),

  /** `silent`: it did not say that it ends, and was not heard of for longer than it leaves between two rounds. */
  state: WatcherState,
  /** When it last told of a round; since then it is silent or stopped. */
  heardAt: z.string(),
});
export type Watcher = z.infer<typeof Watcher>;

export const WatcherList = z.strictObject({ items: z.array(Watcher) });

/** Milliseconds. Where nothing changed a watcher tells seldom: being told keeps the engine of the space awake. */
export const tellWatcherEvery = 10 * 60_000;
export const silentAfter = 25 * 60_000;
