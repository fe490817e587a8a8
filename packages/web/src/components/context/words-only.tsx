/** Says while it is so that a context is found by words alone, since meaning is still being made ready after an import. */
import { useQuery } from '@tanstack/react-query';
import { spaceQuery } from '../../api/queries.ts';
import { duration } from '../../format.ts';
import { useFollowing } from '../../hooks/use-following.ts';
import { strings } from '../../strings.ts';

const words = strings.context;

export function WordsOnly() {
  const meaning = useFollowing()?.meaning ?? null;
  const importing = (useQuery(spaceQuery).data?.pending.imports ?? 0) > 0;
  const waits = meaning !== null && meaning.done < meaning.total;
  return (
    <p className="note words-only" role="status">
      {importing
        ? words.stillComing
        : waits
          ? words.wordsOnly(
              meaning.done,
              meaning.total,
              meaning.remainingSeconds === null ? null : strings.import.remaining(duration(meaning.remainingSeconds)),
            )
          : ''}
    </p>
  );
}
