/**
 * What a watcher tells: to the person at the terminal with the names of files, to the log of a service without them; and what it
 * writes down for whoever asks later.
 */
import path from 'node:path';
import { sourceNames } from '@vivim/contract/conversation';
import { say, sayError } from '../output/speak.ts';
import { oneLine, plain } from '../output/text.ts';
import type { World } from '../world.ts';
import type { FoundFile } from './find-files.ts';
import type { WatchedPlace } from './places.ts';
import { codeOf, reachOf } from './trouble.ts';
import { type WatchRecord, writeWatchRecord } from './watch-record.ts';
import type { Looked } from './watcher.ts';

export interface ReportOptions {
  readonly json: boolean;
  /** Lines of a service stand in logs other people read: no name of a file, no word of what an error says. */
  readonly service: boolean;
  readonly profile: string;
  readonly server: string;
}

type Thing = Pick<FoundFile, 'place' | 'path'>;

export class WatchReport {
  readonly #world: World;
  readonly #options: ReportOptions;
  #record: WatchRecord;

  constructor(world: World, options: ReportOptions) {
    this.#world = world;
    this.#options = options;
    this.#record = { server: options.server, lookedAt: null, programs: {}, trouble: null, failed: 0 };
  }

  came({ place: { source }, path: file }: FoundFile, what: string): void {
    const times = (this.#record.programs[source]?.times ?? 0) + 1;
    this.#note({ programs: { ...this.#record.programs, [source]: { at: this.#now(), times } } });
    if (this.#options.json) this.#line({ source, ...(this.#options.service ? {} : { file }), what });
    else say(this.#world, `${this.#told({ place: { source }, path: file })}: ${what}`);
  }

  keptOut(thing: Thing, error: unknown): void {
    const { json, service } = this.#options;
    const code = service ? ` (${codeOf(error)})` : '';
    if (service && json) this.#line({ source: thing.place.source, failed: codeOf(error) });
    if (!json) say(this.#world, `${this.#told(thing)}: not brought in${code}, tried again later.`);
    if (!service) sayError(this.#world, json, error);
  }

  /** A folder the person named is not there. */
  missing({ source, folder }: WatchedPlace): void {
    const { json, service } = this.#options;
    const what = 'is not there yet; what appears in it comes in';
    if (json) this.#line({ source, ...(service ? {} : { folder }), missing: true });
    else say(this.#world, `${sourceNames[source]}: ${service ? 'a folder you named' : plain(folder)} ${what}.`);
  }

  /** Trouble is told of when it begins and when it is over. */
  looked({ trouble, failed }: Looked): void {
    const before = this.#record.trouble;
    const code = trouble === null ? null : codeOf(trouble);
    const now = this.#now();
    this.#note({
      lookedAt: now,
      failed,
      trouble: code === null ? null : before?.code === code ? before : { code, since: now },
    });
    if (code === (before?.code ?? null)) return;
    const { json, service } = this.#options;
    if (json) this.#line({ trouble: code });
    else if (code === null) say(this.#world, 'The server takes files again.');
    else if (reachOf(trouble) === 'final') say(this.#world, `Let in no more (${code}); this ends.`);
    else say(this.#world, `Nothing comes in (${code}); tried again until it does.`);
    // What ends the command is said where it ends.
    if (trouble !== null && reachOf(trouble) !== 'final' && !service && !json) sayError(this.#world, false, trouble);
  }

  #told({ place, path: file }: { place: Pick<Thing['place'], 'source'>; path: string }): string {
    const name = sourceNames[place.source];
    return this.#options.service ? name : `${name}, ${oneLine(path.basename(file), 60)}`;
  }

  #line(value: object): void {
    say(this.#world, JSON.stringify(value));
  }

  #now(): string {
    return new Date(this.#world.clock()).toISOString();
  }

  #note(change: Partial<WatchRecord>): void {
    this.#record = { ...this.#record, ...change };
    writeWatchRecord(this.#world.environment.stateDirectory, this.#options.profile, this.#record);
  }
}
