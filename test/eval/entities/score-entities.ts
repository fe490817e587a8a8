/** How many of the golden entities a space shows, of the right sort, and how many it shows beside. */
import { entityProfile } from '@vivim/engine/context/profiles/assemble-profile';
import type { UserSpace } from '@vivim/engine/space/user-space';
import { type FilledConversation, fillSpace } from '../../kit/fill-space.ts';
import { rollUp } from '../../kit/profiles.ts';
import type { GoldenConversation } from './golden.ts';

export interface EntityScore {
  readonly language: string;
  readonly wanted: number;
  readonly shown: number;
  readonly found: number;
  readonly typed: number;
  /** Golden aliases, and those that led to the right one. */
  readonly aliases: number;
  readonly joined: number;
  readonly missed: readonly string[];
  readonly beside: readonly string[];
}

/** @param space empty; one conversation fills it */
export async function scoreEntities(space: UserSpace, golden: GoldenConversation): Promise<EntityScore> {
  const conversation: FilledConversation = {
    externalId: 'golden',
    title: null,
    messages: golden.lines.map((text, i) => ({ text, role: i % 2 === 0 ? 'user' : 'assistant' })),
  };
  fillSpace(space, [conversation]);
  space.write((w) => w.outbox.put('rollup', [1], 0));
  await rollUp(space);
  const passing = new Set((golden.once ?? []).map((name) => name.toLowerCase()));
  const shown = space
    .read((r) => r.entities.list({ limit: 200 }, 0))
    .items.filter(({ name }) => !passing.has(name.toLowerCase()));
  const profiles = space.read((r) => shown.flatMap(({ id }) => entityProfile(r, id, 0) ?? []));
  const names = (one: (typeof profiles)[number]) =>
    [one.name, ...one.aliases, ...one.parts].map((name) => name.toLowerCase());
  const isOf = (name: string, called: readonly string[]) => called.includes(name.toLowerCase());
  let found = 0;
  let typed = 0;
  let joined = 0;
  const missed: string[] = [];
  const matched = new Set<string>();
  for (const { name, type, aliases = [] } of golden.entities) {
    const one = profiles.find((profile) => isOf(name, names(profile)));
    if (one === undefined) {
      missed.push(name);
      continue;
    }
    matched.add(one.id);
    found += 1;
    if (one.type === type) typed += 1;
    else missed.push(`${name} is a ${type}, not ${one.type}`);
    for (const alias of aliases)
      if (isOf(alias, names(one))) joined += 1;
      else missed.push(`${alias} is ${name}`);
  }
  return {
    language: golden.language,
    wanted: golden.entities.length,
    shown: shown.length,
    found,
    typed,
    aliases: golden.entities.reduce((sum, { aliases = [] }) => sum + aliases.length, 0),
    joined,
    missed,
    beside: shown.filter(({ id }) => !matched.has(id)).map(({ name }) => name),
  };
}

export interface EntityFigures {
  readonly precision: number;
  readonly recall: number;
  readonly types: number;
  readonly aliases: number;
}

export function entityFigures(scores: readonly EntityScore[]): EntityFigures {
  const sum = (of: 'wanted' | 'shown' | 'found' | 'typed' | 'aliases' | 'joined') =>
    scores.reduce((total, score) => total + score[of], 0);
  const share = (part: number, whole: number) => (whole === 0 ? 1 : part / whole);
  return {
    precision: share(sum('found'), sum('shown')),
    recall: share(sum('found'), sum('wanted')),
    types: share(sum('typed'), sum('found')),
    aliases: share(sum('joined'), sum('aliases')),
  };
}

export function entityReport(scores: readonly EntityScore[]): string {
  const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
  const line = (name: string, of: readonly EntityScore[]) => {
    const { precision, recall, types, aliases } = entityFigures(of);
    return `| ${name} | ${of.length} | ${percent(precision)} | ${percent(recall)} | ${percent(types)} | ${percent(aliases)} |`;
  };
  const languages = [...new Set(scores.map(({ language }) => language))];
  return [
    '| language | conversations | precision | recall | right type | aliases joined |',
    '|---|--:|--:|--:|--:|--:|',
    ...languages.map((language) =>
      line(
        language,
        scores.filter((score) => score.language === language),
      ),
    ),
    line('all', scores),
    '',
    ...scores.flatMap(({ language, missed, beside }) => [
      ...missed.map((what) => `${language}: missed: ${what}`),
      ...beside.map((what) => `${language}: beside: ${what}`),
    ]),
  ].join('\n');
}
