/** One secret: what sort it is, where it stands, and what becomes of it. Never shows what it says. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { uuidv7 } from '@vivim/contract/random';
import type { Secret, SecretDecision } from '@vivim/contract/secrets';
import { afterErasure } from '../../api/after-erasure.ts';
import { api } from '../../api/client.ts';
import { strings } from '../../strings.ts';
import { Confirm } from '../kit/confirm.tsx';
import { Problem } from '../kit/problem.tsx';
import { MessageLink } from '../reader/message-link.tsx';

const words = strings.secrets;

export function SecretRow({ secret }: { secret: Secret }) {
  const client = useQueryClient();
  const { id, label, withheld, placeCount, recordCount, places } = secret;
  const decide = useMutation({
    mutationFn: (decision: SecretDecision) =>
      api.decideSecrets({ body: { ids: [id], decision }, idempotencyKey: uuidv7() }),
    onSuccess: () => client.invalidateQueries(),
  });
  const erase = useMutation({
    mutationFn: () => api.erase({ body: { kind: 'secret', ids: [id] }, idempotencyKey: uuidv7() }),
    onSuccess: () => afterErasure(client),
  });
  const other = withheld ? 'keep' : 'withhold';
  const error = decide.error ?? erase.error;
  return (
    <li className="card secret">
      <p>
        <b>{label}</b> <span className="chip">{withheld ? words.withheld : words.used}</span>{' '}
        <span className="meta">{placeCount === 0 ? words.nowhere : words.places(placeCount)}</span>
      </p>
      {recordCount > 0 && <p className="meta">{words.records(recordCount)}</p>}
      <p className="meta">
        {places.map((place) => (
          <MessageLink
            key={`${place.messageId} ${place.partIndex} ${place.start}`}
            conversationId={place.conversationId}
            messageId={place.messageId}
            className="evidence"
          >
            {place.conversationTitle ?? strings.untitled}
          </MessageLink>
        ))}
      </p>
      <p className="actions">
        <button
          type="button"
          disabled={decide.isPending}
          aria-label={other === 'keep' ? words.keepLabel(label) : words.withholdLabel(label)}
          onClick={() => decide.mutate(other)}
        >
          {words[other]}
        </button>
        {placeCount > 0 && (
          <Confirm
            label={words.erase}
            name={words.eraseLabel(label)}
            quiet
            busy={erase.isPending}
            warning={words.eraseWarning}
            confirm={words.eraseNow}
            onConfirm={() => erase.mutate()}
          />
        )}
      </p>
      {error !== null && <Problem error={error} />}
    </li>
  );
}
