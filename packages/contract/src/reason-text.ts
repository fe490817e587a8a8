/** Why something was found, in English, out of what a reason says in codes. Pure: for answers of the API, the command and MCP. */
import type { Reason, ReasonEvent } from './search.ts';

type Told = Omit<Reason, 'score' | 'detail'>;

function eventText({ event, day, saidOn, remembered }: ReasonEvent): string {
  if (day === null) return `Nothing says when it was: “${event}” was asked as words`;
  const known = saidOn === undefined ? `as remembered: ${remembered ?? ''}` : `as said on ${saidOn}`;
  return `“${event}” was on ${day}, ${known}`;
}

export function reasonText({ arm, terms = [], similarity = 0, event, first }: Told): string {
  const words = terms.join(', ');
  switch (arm) {
    case 'words':
      return `It says: ${words}${event === undefined ? '' : `. ${eventText(event)}`}`;
    case 'neighbours':
      return terms.length > 0 ? `Said beside it: ${words}` : 'Said more plainly beside it';
    case 'meaning':
      return `Close in meaning: similarity ${similarity.toFixed(2)}`;
    case 'aspects':
      return 'Close in meaning to a part of the question';
    case 'speaker':
      return 'Said by the person the question names';
    case 'time':
      return `Said at or soon after the time the question names${event === undefined ? '' : `: ${event.said}. ${eventText(event)}`}`;
    case 'recency':
      return first === true ? 'Among the first said of what answers' : 'Among the last said of what answers';
    case 'entity':
      return `It names what the question names: ${words}`;
    case 'standing':
      return 'A memory that the question is about stands on it';
    case 'answer':
      return 'It answers what was asked just before it';
  }
}
