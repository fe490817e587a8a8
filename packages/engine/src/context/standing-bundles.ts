/**
 * Bundles compiled ahead: who the person is, what they always want, their main topics and entities, conversations on
 * demand. One that is dirty or missing is compiled when asked for, or in the background before anyone asks. One that
 * nothing touched is never compiled again.
 */
import type { Clock } from '@vivim/contract/clock';
import type { StandingKind } from '@vivim/contract/context';
import type { BackgroundTask } from '../background.ts';
import { sha256 } from '../space/hash.ts';
import type { CompiledBundle, StandingBundleRow } from '../space/stores/bundle-shape.ts';
import type { UserSpace } from '../space/user-space.ts';
import type { View } from '../space/view.ts';
import type { Entry, Group, LayerMaterial } from './layers/layer.ts';
import { Packing } from './packing.ts';
import { bySaying } from './quote.ts';
import { safeLabel } from './render/escape.ts';
import { markdown } from './render/markdown.ts';
import { layerOfKind, type StandingMaterial, standingLimits, standingMaterial } from './standing-recipes.ts';
import type { Tokenizer, TokenizerSource } from './tokens/tokenizer.ts';

/** How many topics, and how many entities, stand compiled before anyone asks for them. */
export const standingSubjects = 100;

/** Asked for to know how many wait; beyond this the number says no more than "many". */
const countedPending = 100;

export class StandingBundles implements BackgroundTask {
  readonly name = 'bundles';
  readonly #space: UserSpace;
  readonly #tokenizer: TokenizerSource;
  readonly #clock: Clock;

  constructor(deps: { space: UserSpace; tokenizer: TokenizerSource; clock: Clock }) {
    this.#space = deps.space;
    this.#tokenizer = deps.tokenizer;
    this.#clock = deps.clock;
  }

  pending(): number {
    return this.#space.read((r) => r.bundles.stale(standingSubjects, countedPending).length);
  }

  /** Compile one bundle that waits. */
  async step(): Promise<void> {
    const [next] = this.#space.read((r) => r.bundles.stale(standingSubjects, 1));
    if (next !== undefined) await this.#compile(next.kind, next.subject);
  }

  /**
   * The bundle as it should be now, compiled if it is dirty or missing; null when its subject is gone.
   * @param subject id of the topic, entity or conversation; '' for the person's own
   */
  async ensure(kind: StandingKind, subject: string): Promise<StandingBundleRow | null> {
    const found = this.#space.read((r) => r.bundles.find(kind, subject));
    return found !== null && !found.dirty ? found : this.#compile(kind, subject);
  }

  /** As it would be in a view of the space: made for the moment and never kept. */
  async seen(kind: StandingKind, subject: string, view: View): Promise<Pick<StandingBundleRow, 'quotes'> | null> {
    const tokenizer = await this.#tokenizer();
    const material = this.#space.read((r) => standingMaterial(r, kind, subject, new Map()), view);
    return material === null ? null : compileStanding(kind, subject, material, tokenizer);
  }

  async #compile(kind: StandingKind, subject: string): Promise<StandingBundleRow | null> {
    const tokenizer = await this.#tokenizer();
    // Read, computed and written without a turn between: nothing can change what it was made from meanwhile.
    const material = this.#space.read((r) => standingMaterial(r, kind, subject, r.bundles.sections(kind, subject)));
    return this.#space.writeBeside((w) => {
      if (material !== null) return w.bundles.put(compileStanding(kind, subject, material, tokenizer), this.#clock());
      w.bundles.remove(kind, subject);
      return null;
    });
  }
}

/** Pure: the same material gives the same text and the same hash. */
export function compileStanding(
  kind: StandingKind,
  subject: string,
  material: StandingMaterial,
  tokenizer: Tokenizer,
): CompiledBundle {
  const limit = standingLimits[kind];
  const title = `# ${safeLabel(material.heading, 120)}\n`;
  const isConversation = kind === 'conversation';
  const group: Group = { heading: null, order: '' };
  const layer: LayerMaterial = {
    layer: layerOfKind[kind],
    reason: material.label,
    groups: new Map([['', group]]),
    entries: material.quotes.map(
      (quote): Entry => (isConversation ? { quote, group: '', piece: true } : { quote, group: '' }),
    ),
    order: material.order,
    show: { speaker: isConversation ? 'always' : 'named', day: !isConversation },
    omitted: [],
  };
  const packing = new Packing(markdown, tokenizer, limit);
  const { chosen } = packing.fill(layer, limit - tokenizer.count(title));
  const inOrder = material.order === 'value' ? chosen : chosen.toSorted((a, b) => bySaying(a.line.quote, b.line.quote));
  const lines = inOrder.map(({ line }, i) => markdown.line({ ...line, ref: String(i + 1) }, group));
  const text = title + lines.join('');
  return {
    kind,
    subject,
    label: material.label,
    text,
    tokens: tokenizer.count(text),
    tokenizer: tokenizer.name,
    hash: sha256(text),
    quotes: inOrder.map(({ line }) => line.quote),
    sources: material.sources,
    sections: material.sections,
  };
}
