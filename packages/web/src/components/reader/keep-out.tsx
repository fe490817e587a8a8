/** Keeps one thing out of contexts, or lets it in again; says which it is now. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ExclusionSubject } from '@vivim/contract/exclusion';
import { uuidv7 } from '@vivim/contract/random';
import { api } from '../../api/client.ts';
import { exclusionOfQuery } from '../../api/queries.ts';
import { strings } from '../../strings.ts';
import { Problem } from '../kit/problem.tsx';

const words = strings.exclusions;

interface Props {
  kind: 'conversation' | 'topic' | 'entity';
  id: string;
  /** The page says by itself which it is. */
  quiet?: boolean;
}

export function KeepOut({ kind, id, quiet = false }: Props) {
  const client = useQueryClient();
  const found = useQuery(exclusionOfQuery(kind, id));
  const exclusion = found.data?.items[0];
  const change = useMutation({
    mutationFn: () =>
      exclusion === undefined
        ? api.createExclusion({ body: ExclusionSubject.parse({ kind, of: id }), idempotencyKey: uuidv7() })
        : api.deleteExclusion({ params: { id: exclusion.id } }),
    onSuccess: () => client.invalidateQueries(),
  });
  const error = found.error ?? change.error;
  return (
    <>
      {exclusion !== undefined && !quiet && (
        <span className="meta" role="status">
          {words.isOut}
        </span>
      )}
      <button
        type="button"
        className="quiet"
        title={words.note}
        disabled={found.data === undefined || change.isPending}
        onClick={() => change.mutate()}
      >
        {exclusion === undefined ? words.keepOut : words.takeBack}
      </button>
      {error !== null && <Problem error={error} />}
    </>
  );
}
