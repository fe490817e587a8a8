/** Unfolds what a memory stands on, and folds it again. */
import type { Memory } from '@vivim/contract/memory';
import { strings } from '../../strings.ts';

const words = strings.memories;

interface Props {
  memory: Memory;
  /** Id of what is unfolded. */
  region: string;
  isOpen: boolean;
  onOpen: (open: boolean) => void;
}

export function DetailsToggle({ memory: { text, evidenceCount }, region, isOpen, onOpen }: Props) {
  return (
    <button
      type="button"
      className="quiet memory-open"
      aria-expanded={isOpen}
      aria-controls={isOpen ? region : undefined}
      aria-label={words.of(evidenceCount === 0 ? words.details : words.evidence(evidenceCount), text)}
      onClick={() => onOpen(!isOpen)}
    >
      {evidenceCount === 0 ? words.details : words.places(evidenceCount)}
    </button>
  );
}
