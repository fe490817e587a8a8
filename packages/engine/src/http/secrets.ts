/** Secrets that were found, and what their owner says of them. */
import type { Clock } from '@vivim/contract/clock';
import { memoryKinds } from '@vivim/contract/memory';
import type { DecidedSecrets, SecretSettings } from '@vivim/contract/secrets';
import type { TouchedConversation } from '../space/stores/secrets.ts';
import type { SpaceWriter } from '../space/transactors.ts';
import type { UserSpace } from '../space/user-space.ts';
import type { Handlers } from './handler.ts';

export interface SecretHandlerDeps {
  readonly space: UserSpace;
  readonly clock: Clock;
  /** Say that there is work. */
  readonly wake: () => void;
}

export const secretHandlers = ({ space, clock, wake }: SecretHandlerDeps) =>
  ({
    listSecrets: ({ query }) => space.read((r) => r.secrets.page(query)),
    decideSecrets: ({ body, verb }) => {
      const answer = space.apply<DecidedSecrets>(verb, 200, (w) => {
        const { decided, touched } = w.secrets.decide(body.ids, body.decision);
        followSecrets(w, touched, clock());
        return { decided };
      });
      wake();
      return answer;
    },
    getSecretSettings: () => ({ rule: space.read((r) => r.secrets.rule()) }),
    setSecretSettings: ({ body, verb }) => {
      const answer = space.apply<SecretSettings>(verb, 200, (w) => {
        followSecrets(w, w.secrets.setRule(body.rule), clock());
        return body;
      });
      wake();
      return answer;
    },
  }) satisfies Handlers<'listSecrets' | 'decideSecrets' | 'getSecretSettings' | 'setSecretSettings'>;

/** Units came or went for whoever compiles: profiles and standing bundles are made anew. */
function followSecrets(w: SpaceWriter, touched: readonly TouchedConversation[], nowMs: number): void {
  if (touched.length === 0) return;
  const pks = touched.map(({ pk }) => pk);
  w.outbox.put('rollup', pks, nowMs);
  w.outbox.put('memories', pks, nowMs);
  const ids = touched.map(({ id }) => id);
  w.bundles.markDirty('conversation', ids);
  w.bundles.markDirty('units', ids);
  w.bundles.markDirty('memory', memoryKinds);
}
