/** Pauses an import that waits or runs, and goes on with one that was paused. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ImportRun } from '@vivim/contract/imports';
import { uuidv7 } from '@vivim/contract/random';
import { api } from '../../api/client.ts';
import { importQuery } from '../../api/queries.ts';
import { strings } from '../../strings.ts';
import { Problem } from '../kit/problem.tsx';

export function PauseImport({ run }: { run: ImportRun }) {
  const client = useQueryClient();
  const { id, state, fileName } = run;
  const paused = state === 'paused';
  const change = useMutation({
    mutationFn: () => {
      const call = { params: { id }, idempotencyKey: uuidv7() };
      return paused ? api.resumeImport(call) : api.pauseImport(call);
    },
    onSuccess: (changed) => client.setQueryData(importQuery(id).queryKey, changed),
  });
  if (!paused && state !== 'queued' && state !== 'running') return null;
  const words = strings.uploading;
  return (
    <>
      <button
        type="button"
        aria-label={paused ? words.goOnLabel(fileName) : words.pauseLabel(fileName)}
        disabled={change.isPending}
        onClick={() => change.mutate()}
      >
        {paused ? words.goOn : words.pause}
      </button>
      {change.error !== null && <Problem error={change.error} />}
    </>
  );
}
