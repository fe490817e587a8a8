/** Says that what is seen is made up, and takes it away with one press. */
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { afterErasure } from '../../api/after-erasure.ts';
import { importsQuery } from '../../api/queries.ts';
import { eraseSample, sampleRuns } from '../../api/sample.ts';
import { strings } from '../../strings.ts';
import { Problem } from '../kit/problem.tsx';
import { say } from '../kit/toast-queue.ts';

const words = strings.home.sample;

export function SampleNote() {
  const client = useQueryClient();
  const runs = sampleRuns(useInfiniteQuery(importsQuery).data?.pages.flatMap((page) => page.items) ?? []);
  const remove = useMutation({
    mutationFn: () => eraseSample(runs),
    onSuccess: async () => {
      say(words.removed);
      await afterErasure(client);
    },
  });
  if (runs.length === 0) return null;
  return (
    <section className="notice sample-note" aria-label={words.title}>
      <p>{words.here}</p>
      <button type="button" disabled={remove.isPending} onClick={() => remove.mutate()}>
        {words.remove}
      </button>
      {remove.error !== null && <Problem error={remove.error} />}
    </section>
  );
}
