/** How much of what has to be known survives a cut to so many tokens, by three ways to cut. */
import { compressConversation } from '@vivim/engine/context/compression/compress-conversation';
import { conversationLayer } from '@vivim/engine/context/layers/conversation';
import type { LayerMaterial } from '@vivim/engine/context/layers/layer';
import { Packing } from '@vivim/engine/context/packing';
import type { Quote } from '@vivim/engine/context/quote';
import { markdown } from '@vivim/engine/context/render/markdown';
import type { Tokenizer } from '@vivim/engine/context/tokens/tokenizer';
import type { UserSpace } from '@vivim/engine/space/user-space';
import { newCapture } from '../../kit/capture.ts';
import { dialogue } from '../../kit/exports.ts';
import type { GoldenTalk } from './golden.ts';

export const cutTo = [500, 1_000, 2_000] as const;
export const ways = ['recency', 'units', 'compression'] as const;
export type Way = (typeof ways)[number];
export const kept = ['decisions', 'open', 'code', 'names'] as const;
type Kept = (typeof kept)[number];

export interface CompressionScore {
  readonly title: string;
  readonly way: Way;
  readonly tokens: number;
  readonly survived: Readonly<Record<Kept, number>>;
  readonly of: Readonly<Record<Kept, number>>;
}

/** The conversation through capture as it stands in a space. */
export async function unitsOf(space: UserSpace, { title, lines }: GoldenTalk): Promise<Quote[]> {
  await newCapture(space).bring({
    bytes: Buffer.from(JSON.stringify([dialogue(title, title, [...lines])])),
    name: 'talk.json',
  });
  const [conversation] = space.read((r) => r.conversations.page({ limit: 1 })).items;
  const pk = space.read((r) => r.bundles.material.conversation(conversation?.id ?? ''))?.pk ?? 0;
  return space.read((r) => r.bundles.material.unitsOfConversation(pk, 1_000));
}

export function scoreTalk(talk: GoldenTalk, units: readonly Quote[], tokenizer: Tokenizer): CompressionScore[] {
  return cutTo.flatMap((tokens) =>
    ways.map((way): CompressionScore => {
      const told = wordsOf(way, units, tokens, tokenizer);
      const survived = (of: Kept) => talk.keep[of].filter((fragment) => told.includes(fragment.toLowerCase())).length;
      const each = (count: (of: Kept) => number) =>
        Object.fromEntries(kept.map((of) => [of, count(of)])) as Record<Kept, number>;
      return { title: talk.title, way, tokens, survived: each(survived), of: each((of) => talk.keep[of].length) };
    }),
  );
}

/** What a conversation is told in, within so many tokens, small letters. */
export function wordsOf(way: Way, units: readonly Quote[], tokens: number, tokenizer: Tokenizer): string {
  const { chosen } = new Packing(markdown, tokenizer, 12_000).fill(materialOf[way](units), tokens);
  return chosen.map(({ line }) => line.quote.acu.text.toLowerCase()).join('\n');
}

const plain = (quotes: readonly Quote[]): LayerMaterial => ({
  ...conversationLayer('', 0, []),
  groups: new Map([['', { heading: null, order: '' }]]),
  entries: quotes.map((quote) => ({ quote, group: '' })),
});

/** A choice among units by their type and quality: what was done before conversations were compressed. */
const typeWeight: Readonly<Record<string, number>> = {
  decision: 3,
  question: 2,
  instruction: 1.8,
  preference: 1.8,
  personal_fact: 1.6,
  answer: 1.2,
};
const unitWeight = ({ acu, message }: Quote): number =>
  (typeWeight[acu.type] ?? 1) * (message.authorKind === 'human' ? 1.5 : 1) * (0.3 + acu.quality);

const materialOf: Readonly<Record<Way, (units: readonly Quote[]) => LayerMaterial>> = {
  recency: (units) => plain(units.toReversed()),
  units: (units) => plain(units.toSorted((a, b) => unitWeight(b) - unitWeight(a))),
  compression: (units) => conversationLayer('', 0, compressConversation(units)),
};

const share = (scores: readonly CompressionScore[], of: Kept): string => {
  const sum = (count: (score: CompressionScore) => number) => scores.reduce((total, score) => total + count(score), 0);
  return `${sum(({ survived }) => survived[of])} of ${sum((score) => score.of[of])}`;
};

export function compressionReport(scores: readonly CompressionScore[]): string {
  const rows = cutTo.flatMap((tokens) =>
    ways.map((way) => {
      const these = scores.filter((score) => score.way === way && score.tokens === tokens);
      return `| ${tokens} | ${way} | ${kept.map((of) => share(these, of)).join(' | ')} |`;
    }),
  );
  return [`| tokens | cut by | ${kept.join(' | ')} |`, `|--:|---|${kept.map(() => '--:|').join('')}`, ...rows, ''].join(
    '\n',
  );
}
