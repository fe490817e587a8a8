/** The acts on the page of a topic or an entity: one row of buttons of one height, and a menu for what is rarer. */
import type { EntityProfile, TopicProfile } from '@vivim/contract/profile';
import { useState } from 'react';
import { strings } from '../../strings.ts';
import { Icon } from '../kit/icon.tsx';
import { KeepOut } from '../reader/keep-out.tsx';
import { RenameSubject } from './rename-subject.tsx';
import { SubjectMenu } from './subject-menu.tsx';
import { type Subject, turnPin, useCorrect } from './use-correct.ts';

const words = strings.subjects;

interface Props {
  subject: Subject;
  profile: TopicProfile | EntityProfile;
}

export function SubjectActions({ subject, profile }: Props) {
  const [renaming, setRenaming] = useState(false);
  const correct = useCorrect();
  const { name, kind, id } = subject;
  const { pinned, hidden, parts } = profile;
  return (
    <div className="subject-actions">
      <button type="button" aria-pressed={pinned} onClick={() => void turnPin(correct, subject, pinned)}>
        {pinned ? words.unpin : words.pin}
      </button>
      <button type="button" onClick={() => setRenaming(true)}>
        {words.rename}
      </button>
      <KeepOut kind={kind} id={id} />
      <SubjectMenu
        subject={subject}
        pinned={pinned}
        hidden={hidden}
        parts={parts}
        short
        {...('type' in profile ? { type: profile.type } : {})}
        trigger={
          <button type="button" aria-label={words.acts(name)}>
            {words.more}
            <Icon name="more" />
          </button>
        }
      />
      {renaming && <RenameSubject subject={subject} onClose={() => setRenaming(false)} />}
    </div>
  );
}
