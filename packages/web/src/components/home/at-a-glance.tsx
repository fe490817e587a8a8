/** What is in the space in a few lists: the latest conversations, topics, people, projects. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import {
  latestAtAGlanceQuery,
  peopleAtAGlanceQuery,
  risingAtAGlanceQuery,
  topicsAtAGlanceQuery,
} from '../../api/home-queries.ts';
import { projectsQuery } from '../../api/queries.ts';
import { conversationName } from '../../conversation-name.ts';
import { dayInList } from '../../format.ts';
import { projectName } from '../../project-name.ts';
import { strings } from '../../strings.ts';
import { namedTopic, SubjectChips } from '../subjects/subject-chips.tsx';
import { ToConfirm } from './to-confirm.tsx';

const words = strings.home;
const projectsShown = 12;

function Latest() {
  const conversations = useQuery(latestAtAGlanceQuery).data?.items ?? [];
  if (conversations.length === 0) return null;
  return (
    <section>
      <h2>{words.recent}</h2>
      <ul className="rows single">
        {conversations.map(({ id, title, opening, updatedAt, createdAt }) => (
          <li key={id}>
            <Link to="/conversations/$id" params={{ id }} search={{}} dir="auto">
              {conversationName({ title, opening })}
            </Link>
            <time className="meta">{dayInList(updatedAt ?? createdAt)}</time>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Projects() {
  const projects = useQuery(projectsQuery).data?.items ?? [];
  if (projects.length === 0) return null;
  return (
    <section>
      <h2>{words.projects}</h2>
      <ul className="chips">
        {projects.slice(0, projectsShown).map((project) => (
          <li key={project.id}>
            <Link to="/conversations" search={{ project: project.id }} className="chip" dir="auto">
              {projectName(project)}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function AtAGlance() {
  const rising = useInfiniteQuery(risingAtAGlanceQuery).data?.pages[0]?.items ?? [];
  const most = useInfiniteQuery(topicsAtAGlanceQuery).data?.pages[0]?.items ?? [];
  const people = useInfiniteQuery(peopleAtAGlanceQuery).data?.pages[0]?.items ?? [];
  return (
    <div className="columns">
      <div className="stack">
        <Latest />
        <ToConfirm />
      </div>
      <div className="stack">
        <SubjectChips title={words.rising} to="/topics/$id" subjects={rising.map(namedTopic)} />
        <SubjectChips title={words.most} to="/topics/$id" subjects={most.map(namedTopic)} />
        <SubjectChips title={words.people} to="/entities/$id" subjects={people} />
        <Projects />
      </div>
    </div>
  );
}
