/** The way back from having the account erased. */
import { api } from '../../api/client.ts';
import { useAccountAction } from '../../hooks/use-account-action.ts';
import { strings } from '../../strings.ts';
import { Problem } from '../kit/problem.tsx';

export function KeepAccount() {
  const keep = useAccountAction(() => api.cancelDeletion({}));
  return (
    <>
      <button type="button" disabled={keep.isPending} onClick={() => keep.mutate()}>
        {strings.notices.keep}
      </button>
      {keep.error !== null && <Problem error={keep.error} />}
    </>
  );
}
