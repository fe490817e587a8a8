/** What a profile tells beside its claims: when it comes up, how deep the person is in it, what it is part of, who stands how to whom. */
import { Link } from '@tanstack/react-router';
import type { EntityProfile, Evidence, ProfileRhythm, TopicProfile } from '@vivim/contract/profile';
import { number } from '../../count.ts';
import { day, hourOfDay } from '../../format.ts';
import { strings } from '../../strings.ts';
import { MessageLink } from '../reader/message-link.tsx';
import { namedTopic, SubjectChips } from './subject-chips.tsx';

const words = strings.corrections;

/** The messages something stands on. */
function Sources({ evidence }: { evidence: readonly Evidence[] }) {
  return evidence.map((one, index) => (
    <MessageLink key={one.acuId} conversationId={one.conversationId} messageId={one.messageId} className="evidence">
      {strings.profiles.evidence(number(index + 1))}
      {one.at !== null && `, ${day(one.at)}`}
    </MessageLink>
  ));
}

export function Rhythm({ rhythm }: { rhythm: ProfileRhythm }) {
  if (rhythm.days === 0) return null;
  return (
    <section>
      <h2>{words.rhythm}</h2>
      <p className="meta">
        <span>{words.trend[rhythm.trend]}</span>
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
      {parent !== null && (
        <section>
          <h2>{words.part}</h2>
          <Link to="/topics/$id" params={{ id: parent.id }} className="chip">
            {parent.label}
          </Link>
        </section>
      )}
      <SubjectChips title={words.narrower} to="/topics/$id" subjects={children.map(namedTopic)} />
      {proficiency.signals.length > 0 && (
        <section>
          <h2>{words.proficiency}</h2>
          <p>{words.levels[proficiency.level]}</p>
          <ul className="claims">
            {proficiency.signals.map(({ name, count, evidence }) => (
              <li key={name}>
                {words.signals[name](count)}
                <p className="meta">
                  <Sources evidence={evidence} />
                </p>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

export function Relations({ relations }: { relations: EntityProfile['relations'] }) {
  if (relations.length === 0) return null;
  return (
    <section>
      <h2>{words.relations}</h2>
      <ul className="claims">
        {relations.map(({ relation, to, evidence }) => (
          <li key={`${relation} ${to === 'me' ? '' : to.name}`}>
            <span dir="auto">{to === 'me' ? words.toYou(relation) : words.to(relation, to.name)}</span>
            <p className="meta">
              <Sources evidence={evidence} />
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
