/** Which connected AIs and programs were given something of a conversation, and when last; it leads to the records of it. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { conversationAskersQuery } from '../../api/context-queries.ts';
import { day } from '../../format.ts';
import { useAskerName, useConnected } from '../../hooks/use-askers.ts';
import { strings } from '../../strings.ts';

const words = strings.reader;
/** Names in a line; of the others it says how many they are. */
const shown = 3;

export function ConversationTold({ id }: { id: string }) {
  const connected = useConnected();
  const nameOf = useAskerName();
  const told = connected(useQuery(conversationAskersQuery(id)).data ?? []);
  const [latest] = told;
  if (latest === undefined) return null;
  const names = told.slice(0, shown).map(nameOf);
  return (
    <p className="note">
      <Link to="/context/records" search={{ conversation: id }}>
        {words.toldTo(names, told.length - names.length)}
      </Link>
      {words.toldLast(day(latest.lastAt))}
    </p>
  );
}
