/** Six words to be read aloud and compared, numbered so that a place in them can be named. */
import { useQuery } from '@tanstack/react-query';
import { sixWordsQuery } from '../../api/identity-queries.ts';
import { strings } from '../../strings.ts';
import { Problem } from '../kit/problem.tsx';

/** @param subject what both sides hold and nobody in between can change */
export function SixWords({ subject }: { subject: object }) {
  const { data, error, refetch } = useQuery(sixWordsQuery(subject));
  if (error !== null) return <Problem error={error} retry={() => void refetch()} />;
  return (
    <ol className="six-words" aria-label={strings.join.wordsLabel} aria-busy={data === undefined}>
      {data?.map(({ place, word }) => (
        <li key={place}>{word}</li>
      ))}
    </ol>
  );
}
