/** The words in which times are told in English. Data alone: what each is for stands in `time-table.ts`. */
import type { TimeTable } from './time-table.ts';

export const english: TimeTable = {
  today: 'today|tonight|this morning',
  yesterday: 'yesterday|last night',
  dayBeforeYesterday: 'day before yesterday',
  day: 'day|days',
  week: 'week|weeks',
  weekend: 'weekend|weekends',
  month: 'month|months',
  year: 'year|years',
  spring: 'spring',
  summer: 'summer',
  autumn: 'autumn|fall',
  winter: 'winter',
  numbers: 'a|an|one,two|couple of,three|few,four,five,six,seven,eight,nine,ten',
  ordinals: 'first,second,third,fourth',
  final: 'last',
  last: 'last|past|previous|this past',
  this: 'this',
  agoBehind: 'ago',
  start: 'beginning|start|early',
  middle: 'mid|middle',
  end: 'end|late',
  firstHalf: 'first half',
  secondHalf: 'second half',
  before: 'before|until|till|by',
  after: 'after|since',
  in: 'in|of|during|year',
  joins: 'of|in|part of|the|on',
  between: 'between|from',
  and: 'and|to|until|till',
  on: 'on',
  latest:
    'latest|most recent|most recently|newest|last time|current|currently|right now|nowadays|these days|at the moment|up to date|now|still|any more|anymore',
  talking:
    'talk|talked|talking|speak|spoke|spoken|discuss|discussed|chat|chatted|chats|say|said|tell|told|ask|asked|do|did|done|happen|happened|conversation|conversations|message|messages|decide|decided|write|wrote',
};
