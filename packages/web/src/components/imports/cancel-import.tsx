/** Stops an import. What came in so far stays in. */

import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ImportRun } from '@vivim/contract/imports';
import { uuidv7 } from '@vivim/contract/random';
import { api } from '../../api/client.ts';
import { importQuery } from '../../api/queries.ts';
import { strings } from '../../strings.ts';
import { Problem } from '../kit/problem.tsx';

export function CancelImport({ run }: { run: ImportRun }) {
  const client = useQueryClient();
  const cancel = useMutation({
    mutationFn: () => api.cancelImport({ params: { id: run.id }, idempotencyKey: uuidv7() }),
    onSuccess: (ended) => client.setQueryData(importQuery(run.id).queryKey, ended),
  });
  return (
    <>
      <button
        type="button"
        title={strings.import.cancelNote}
        disabled={cancel.isPending}
        onClick={() => cancel.mutate()}
      >
        {strings.import.cancel}
      </button>
      {cancel.error !== null && <Problem error={cancel.error} />}
    </>
  );
}
