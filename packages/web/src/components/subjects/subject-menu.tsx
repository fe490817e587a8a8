/** What may be done with a topic or an entity: a menu, and the dialogs its acts open. Every act can be undone. */
import { type EntityType, entityTypes } from '@vivim/contract/profile-words';
import { type ReactElement, useState } from 'react';
import { strings } from '../../strings.ts';
import { Menu, MenuChoice, MenuItem, MenuLine } from '../kit/menu.tsx';
import { ChooseOther } from './choose-other.tsx';
import { RenameSubject } from './rename-subject.tsx';
import { SplitSubject } from './split-subject.tsx';
import { type Subject, turnPin, useCorrect } from './use-correct.ts';

const words = strings.subjects;

type Act = 'rename' | 'merge' | 'apart' | 'split' | null;

interface Props {
  subject: Subject;
  pinned: boolean;
  hidden: boolean;
  /** Ways it is written, where they are known. */
  parts?: readonly string[];
  /** Of an entity, where it may be changed. */
  type?: EntityType;
  trigger: ReactElement;
  /** Pinning and hiding stand elsewhere. */
  short?: boolean;
}

export function SubjectMenu({ subject, pinned, hidden, parts = [], type, trigger, short }: Props) {
  const [act, setAct] = useState<Act>(null);
  const correct = useCorrect();
  const { name } = subject;
  const close = () => setAct(null);
  return (
    <>
      <Menu trigger={trigger}>
        {!short && (
          <>
            <MenuItem onSelect={() => void turnPin(correct, subject, pinned)}>
              {pinned ? words.unpin : words.pin}
            </MenuItem>
            <MenuItem onSelect={() => setAct('rename')}>{words.rename}</MenuItem>
          </>
        )}
        <MenuItem onSelect={() => setAct('merge')}>{words.merge}</MenuItem>
        <MenuItem onSelect={() => setAct('apart')}>{words.apart}</MenuItem>
        {parts.length > 1 && <MenuItem onSelect={() => setAct('split')}>{words.split}</MenuItem>}
        <MenuItem
          onSelect={() =>
            void correct(
              subject,
              { action: 'hide', hidden: !hidden },
              hidden ? words.done.shown(name) : words.done.hidden(name),
            )
          }
        >
          {hidden ? words.showAgain : words.hide}
        </MenuItem>
        {type !== undefined && (
          <>
            <MenuLine />
            <MenuChoice
              label={words.typeIs}
              value={type}
              options={entityTypes.map((one) => [one, strings.profiles.types[one]] as const)}
              onChange={(one) => void correct(subject, { action: 'type', type: one }, words.done.type(name))}
            />
          </>
        )}
      </Menu>
      {act === 'rename' && <RenameSubject subject={subject} onClose={close} />}
      {act === 'split' && <SplitSubject subject={subject} parts={parts} onClose={close} />}
      {(act === 'merge' || act === 'apart') && <ChooseOther subject={subject} act={act} onClose={close} />}
    </>
  );
}
