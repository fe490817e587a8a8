/** What a profile tells beside its claims: when it comes up, how well the person knows it, what it is part of, who stands how to whom. */
import { Link } from '@tanstack/react-router';
import type { EntityProfile, ProfileRhythm, TopicProfile } from '@vivim/contract/profile';
import { day, hourOfDay } from '../../format.ts';
import { strings } from '../../strings.ts';
import { Sources } from './source-link.tsx';
import { namedTopic, SubjectChips } from './subject-chips.tsx';

const words = strings.corrections;

export function Rhythm({ rhythm }: { rhythm: ProfileRhythm }) {
  if (rhythm.days === 0) return null;
  return (
    <section>
      <h2>{words.rhythm}</h2>
      <p className="meta">
        <span>{words.days(rhythm.days, rhythm.longestStreak)}</span>
        {rhythm.peakHour !== null && <span>{words.hour(hourOfDay(rhythm.peakHour))}</span>}
      </p>
    </section>
  );
}

export function TopicFacts({ topic }: { topic: TopicProfile }) {
  const { parent, children, proficiency } = topic;
  return (
    <>
      {proficiency.signals.length > 0 && (
        <section>
          <h2>{words.proficiency}</h2>
          <p>
            <strong>{words.levels[proficiency.level]}</strong>
          </p>
          <ul className="signals">
            {proficiency.signals.map(({ name, count, evidence }) => (
              <li key={name}>
                {words.signals[name](count)} <Sources evidence={evidence} />
              </li>
            ))}
          </ul>
          <p className="note">{words.proficiencyNote}</p>
        </section>
      )}
      {parent !== null && <SubjectChips title={words.part} to="/topics/$id" subjects={[namedTopic(parent)]} />}
      <SubjectChips title={words.narrower} to="/topics/$id" subjects={children.map(namedTopic)} />
    </>
  );
}

export function Relations({ relations }: { relations: EntityProfile['relations'] }) {
  if (relations.length === 0) return null;
  return (
    <section>
      <h2>{words.relations}</h2>
      <ul className="signals">
        {relations.map(({ relation, to, evidence }) => (
          <li key={`${relation} ${to === 'me' ? '' : to.name}`}>
            <span dir="auto">
              {to === 'me' ? (
                words.toYou(relation)
              ) : (
                <>
                  {relation}{' '}
                  {to.id === null ? (
                    to.name
                  ) : (
                    <Link to="/entities/$id" params={{ id: to.id }}>
                      {to.name}
                    </Link>
                  )}
                </>
              )}
            </span>{' '}
            <Sources evidence={evidence} />
          </li>
        ))}
      </ul>
    </section>
  );
}

type Places = Pick<TopicProfile, 'conversations' | 'projects'>;

/** The conversations it came up in last. */
export function SpokenOf({ conversations }: Pick<Places, 'conversations'>) {
  if (conversations.length === 0) return null;
  return (
    <section>
      <h2>{strings.subjects.conversations}</h2>
      <ul className="spoken-of">
        {conversations.map(({ id, title, at, messages }) => (
          <li key={id}>
            <Link to="/conversations/$id" params={{ id }} dir="auto">
              {title ?? strings.subjects.untitled}
            </Link>
            <span className="meta">
              <span>{strings.conversations.count(messages)}</span>
              {at !== null && <span>{day(at)}</span>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function InProjects({ projects }: Pick<Places, 'projects'>) {
  if (projects.length === 0) return null;
  return (
    <section>
      <h2>{strings.subjects.projects}</h2>
      <ul className="signals">
        {projects.map(({ id, name, conversations }) => (
          <li key={id}>
            <Link to="/conversations" search={{ project: id }} dir="auto">
              {name}
            </Link>{' '}
            <span className="note">{strings.subjects.inProject(conversations)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
