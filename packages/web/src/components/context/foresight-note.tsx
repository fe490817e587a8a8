/** How often what was expected to be asked was, in a line. Nothing until something was asked. */
import { useQuery } from '@tanstack/react-query';
import { foresightQuery } from '../../api/queries.ts';
import { strings } from '../../strings.ts';

export function ForesightNote() {
  const { data } = useQuery(foresightQuery);
  if (data === undefined || data.tally.questions === 0) return null;
  const { questions, hits, unpredicted } = data.tally;
  return <p className="note">{strings.context.foreseen(hits, questions, unpredicted)}</p>;
}
