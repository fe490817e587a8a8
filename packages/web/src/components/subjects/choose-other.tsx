/** Finds another topic or entity by name, and says that it is the same as this one, or that it is not. */
import { useInfiniteQuery } from '@tanstack/react-query';
import type { EntityId, TopicId } from '@vivim/contract/ids';
import { useState } from 'react';
import { entityListQuery, topicListQuery } from '../../api/subjects-queries.ts';
import { strings } from '../../strings.ts';
import { ChooseDialog } from '../kit/choose-dialog.tsx';
import { type Subject, type SubjectCorrection, useCorrect } from './use-correct.ts';

const words = strings.subjects;
/** A list one looks through, and no more: typing finds the others. */
const shown = 20;

/** Of its kind, those whose name holds these words. */
function useOthers({ kind, id }: Subject, typed: string) {
  const filters = typed.trim() === '' ? {} : { q: typed.trim() };
  const topics = useInfiniteQuery({ ...topicListQuery(filters, shown), enabled: kind === 'topic' });
  const entities = useInfiniteQuery({ ...entityListQuery(filters, shown), enabled: kind === 'entity' });
  const list = kind === 'topic' ? topics : entities;
  const items =
    kind === 'topic'
      ? topics.data?.pages.flatMap((page) => page.items.map((one) => ({ id: one.id as string, name: one.label })))
      : entities.data?.pages.flatMap((page) => page.items.map((one) => ({ id: one.id as string, name: one.name })));
  return { others: items?.filter((one) => one.id !== id), error: list.error };
}

/** What is said of the two. */
const saying = (act: 'merge' | 'apart', other: string): SubjectCorrection => {
  const id = other as TopicId & EntityId;
  return act === 'merge' ? { action: 'merge', into: id } : { action: 'apart', from: id };
};

interface Props {
  subject: Subject;
  act: 'merge' | 'apart';
  onClose: () => void;
}

export function ChooseOther({ subject, act, onClose }: Props) {
  const [typed, setTyped] = useState('');
  const { others, error } = useOthers(subject, typed);
  const correct = useCorrect();
  const { name } = subject;
  return (
    <ChooseDialog
      title={act === 'merge' ? words.mergeTitle(name) : words.apartTitle(name)}
      lead={act === 'merge' ? words.mergeLead : words.apartLead}
      label={words.choose}
      typed={typed}
      onType={setTyped}
      others={others}
      nameOf={(other) => other.name}
      noOthers={words.noOthers}
      error={error}
      onChoose={(other) => void correct(subject, saying(act, other.id), words.done[act](name, other.name))}
      onClose={onClose}
    />
  );
}
