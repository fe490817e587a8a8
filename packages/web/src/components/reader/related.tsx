/** What goes together with a topic or an entity. */
import { strings } from '../../strings.ts';
import { namedTopic, SubjectChips } from '../subjects/subject-chips.tsx';

interface Props {
  topics: readonly { id: string; label: string }[];
  entities: readonly { id: string; name: string }[];
}

export function Related({ topics, entities }: Props) {
  return (
    <>
      <SubjectChips title={strings.profiles.relatedTopics} to="/topics/$id" subjects={topics.map(namedTopic)} />
      <SubjectChips title={strings.profiles.relatedEntities} to="/entities/$id" subjects={entities} />
    </>
  );
}
