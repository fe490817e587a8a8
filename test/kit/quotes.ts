/** Units and compilations made up for tests of what turns them into a bundle. */
import type { AcuType } from '@vivim/contract/acu';
import type { AcuId, ConversationId, MessageId } from '@vivim/contract/ids';
import type { BundleFormat } from '@vivim/contract/recipe';
import { type SharingLayer, sharingLayers } from '@vivim/engine/context/budget';
import type { Compilation } from '@vivim/engine/context/bundle-compiler';
import type { Candidate } from '@vivim/engine/context/candidate';
import { justInTimeLayer } from '@vivim/engine/context/layers/just-in-time';
import { emptyLayer, type LayerMaterial } from '@vivim/engine/context/layers/layer';
import { contentId } from '@vivim/engine/space/hash';

export interface MadeUp {
  readonly text: string;
  readonly type?: AcuType;
  readonly author?: string | null;
  readonly role?: 'user' | 'assistant';
  readonly title?: string | null;
  readonly conversation?: number;
  readonly createdMs?: number | null;
  readonly score?: number;
}

/** The `i`th candidate of a made-up list: the unit is its whole message. */
export function candidate(made: MadeUp, i: number): Candidate {
  const {
    text,
    type = 'statement',
    author = null,
    role = 'user',
    title = null,
    conversation = 0,
    createdMs = null,
  } = made;
  const conversationId = contentId('c', [String(conversation)]) as ConversationId;
  return {
    acu: {
      pk: i + 1,
      id: contentId('a', [String(i), text]) as AcuId,
      type,
      text,
      partIndex: 0,
      start: 0,
      end: text.length,
      quality: 0.5,
    },
    message: {
      pk: i + 1,
      id: contentId('m', [String(i)]) as MessageId,
      externalId: `m${i}`,
      role,
      authorKind: role === 'user' ? 'human' : 'model',
      authorName: author,
      createdMs,
    },
    conversation: {
      pk: conversation + 1,
      id: conversationId,
      externalId: `c${conversation}`,
      title,
      source: 'generic',
    },
    score: made.score ?? 1,
    reasons: [],
  };
}

/** A request that fills only L5, unless it is given more. */
export function compilation(
  candidates: readonly Candidate[],
  options: {
    budget: number;
    format: BundleFormat;
    message?: string;
    layers?: Partial<Record<SharingLayer, LayerMaterial>>;
  },
): Compilation {
  const empty = Object.fromEntries(sharingLayers.map((layer) => [layer, emptyLayer(layer, 'not asked')])) as Record<
    SharingLayer,
    LayerMaterial
  >;
  return {
    message: options.message ?? 'What did I say?',
    budget: options.budget,
    format: options.format,
    depth: 'standard',
    weights: Object.fromEntries(sharingLayers.map((layer) => [layer, 1])) as Compilation['weights'],
    longestQuote: Number.POSITIVE_INFINITY,
    layers: { ...empty, L5: justInTimeLayer(candidates, new Map(), { about: [], open: [] }), ...options.layers },
    topics: 1,
    entities: 1,
    conversationMessages: options.layers?.L6 === undefined ? 0 : 20,
    coverage: 1,
    near: new Map(),
  };
}
