/**
 * Who makes the vectors of one space, and the change from one to another: the old ones answer while the new ones are made in the
 * background; when every conversation has them they answer, and the old ones go a day later. Holds no vector and sends no text.
 */
import type { Clock } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import type { EmbedderChoice } from '@vivim/contract/model-services';
import type { BackgroundTask } from '../../background.ts';
import type { AskGateway } from '../../models/ask-gateway.ts';
import type { Embedder } from '../../models/embedder.ts';
import type { ChoiceRow } from '../../space/stores/model-services.ts';
import type { SpaceReader, SpaceWriter } from '../../space/transactors.ts';
import type { UserSpace } from '../../space/user-space.ts';
import { vectorsBy } from '../retrieval/pieces.ts';
import type { ServiceGate } from '../services/service-gate.ts';
import { serviceEmbedder } from './service-embedder.ts';

export interface EmbeddersDeps {
  readonly space: UserSpace;
  /** Null where the server runs none. */
  readonly builtIn: Embedder | null;
  readonly gate: ServiceGate;
  readonly ask: AskGateway;
  readonly clock: Clock;
  /** Another answers from now on, or none did and one does. */
  readonly onSwitched: () => void;
  readonly wake: () => void;
}

/** How long vectors that answer no more are kept, for whoever changes their mind; and how many go in one step. */
const keptMs = 86_400_000;
const droppedAtOnce = 2_000;

/** An embedder that may become another. */
class Standing implements Embedder {
  current: Embedder | null = null;
  get name(): string {
    return this.current?.name ?? '';
  }
  get dimensions(): number {
    return this.current?.dimensions ?? 32;
  }
  get patienceMs(): number | undefined {
    return this.current?.patienceMs;
  }
  get mostLength(): number | undefined {
    return this.current?.mostLength;
  }
  get absent(): boolean {
    return this.current === null;
  }
  embed: Embedder['embed'] = (texts, options) =>
    this.current === null ? Promise.reject(new AppError('models_unavailable')) : this.current.embed(texts, options);
}

export class Embedders {
  readonly #deps: EmbeddersDeps;
  readonly #answering = new Standing();
  readonly #chosen = new Standing();

  constructor(deps: EmbeddersDeps) {
    this.#deps = deps;
    this.#follow(deps.space.read((r) => r.modelServices.choice()));
  }

  /** Whose vectors questions are compared with. */
  get answering(): Embedder {
    return this.#answering;
  }

  /** Whose vectors are being made to take their place; absent where nothing changes. */
  get chosen(): Embedder {
    return this.#chosen;
  }

  state(r: SpaceReader | SpaceWriter): EmbedderChoice {
    const { answering, chosen } = r.modelServices.choice();
    return { answering, chosen, waiting: r.outbox.count('reembed') };
  }

  /** @throws AppError `not_found`, `model_not_allowed`, `request_invalid` where it was not tested */
  choose(w: SpaceWriter, service: string | null): EmbedderChoice {
    if (service !== null) {
      const row = w.modelServices.find(service);
      if (row === null) throw new AppError('not_found');
      if (row.embedAgreedMs === null) throw new AppError('model_not_allowed');
      if (row.dimensions === null)
        throw new AppError('request_invalid', 'Test it first, so that the size of its vectors is known.');
    }
    const { answering, switchedMs } = w.modelServices.choice();
    w.outbox.clear('reembed');
    w.modelServices.choose(answering, service, switchedMs);
    if (service !== answering) w.outbox.putAll('reembed', this.#deps.clock());
    this.#switchWhereCovered(w);
    return this.state(w);
  }

  /**
   * A service went, changed, or may not be asked any more. Where its vectors answered nobody can make one of a question, so the
   * one that was chosen instead, or the built-in embedder, answers at once, with what vectors there are.
   */
  lose(w: SpaceWriter, service: string): void {
    const { answering, chosen, switchedMs } = w.modelServices.choice();
    if (answering !== service && chosen !== service) return;
    const stays = answering !== service ? answering : chosen === service ? null : chosen;
    w.outbox.clear('reembed');
    w.modelServices.choose(stays, stays, answering === service ? this.#deps.clock() : switchedMs);
    if (answering === service) w.outbox.putAll('embed', this.#deps.clock());
  }

  /** In the transaction in which conversations have their vectors of the one that answers. */
  onEmbedded(w: SpaceWriter, conversationPks: readonly number[]): void {
    const { answering, chosen } = w.modelServices.choice();
    if (answering !== chosen) w.outbox.put('reembed', conversationPks, this.#deps.clock());
  }

  /** In the transaction in which conversations have their vectors of the one that was chosen. */
  onReembedded(w: SpaceWriter): void {
    this.#switchWhereCovered(w);
  }

  /** After a transaction that may have changed who answers. */
  settle(): void {
    const before = this.#answering.name;
    this.#follow(this.#deps.space.read((r) => r.modelServices.choice()));
    if (this.#answering.name !== before) this.#deps.onSwitched();
    this.#deps.wake();
  }

  /** Lets go of vectors nobody is compared with any more. */
  retiring(): BackgroundTask {
    const { space, clock } = this.#deps;
    const next = (r: SpaceReader | SpaceWriter): string | undefined => {
      const { switchedMs } = r.modelServices.choice();
      if (this.#answering.current === null || clock() < (switchedMs ?? 0) + keptMs) return undefined;
      return r.embeddings
        .models()
        .find((model) => model !== vectorsBy(this.#answering) && model !== vectorsBy(this.#chosen));
    };
    return {
      name: 'retire-vectors',
      pending: () => (space.read(next) === undefined ? 0 : 1),
      step: () => {
        space.write((w) => {
          const model = next(w);
          if (model !== undefined) w.embeddings.drop(model, droppedAtOnce);
        });
        return Promise.resolve();
      },
    };
  }

  #switchWhereCovered(w: SpaceWriter): void {
    const { answering, chosen } = w.modelServices.choice();
    if (answering === chosen || w.outbox.count('reembed') > 0) return;
    w.modelServices.choose(chosen, chosen, this.#deps.clock());
  }

  #follow({ answering, chosen }: ChoiceRow): void {
    this.#answering.current = this.#of(answering);
    this.#chosen.current = answering === chosen ? null : this.#of(chosen);
  }

  #of(service: string | null): Embedder | null {
    const { space, builtIn } = this.#deps;
    if (service === null) return builtIn;
    const row = space.read((r) => r.modelServices.find(service));
    if (row === null || row.dimensions === null) return null;
    return serviceEmbedder(row, this.#deps);
  }
}
