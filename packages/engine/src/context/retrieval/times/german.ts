/** The words in which times are told in German. Data alone: what each is for stands in `time-table.ts`. */
import type { TimeTable } from './time-table.ts';

export const german: TimeTable = {
  today: 'heute|heute morgen|heute abend',
  yesterday: 'gestern|gestern abend',
  dayBeforeYesterday: 'vorgestern',
  day: 'tag|tage|tagen',
  week: 'woche|wochen',
  weekend: 'wochenende|wochenenden|wochenendes',
  month: 'monat|monate|monaten|monats',
  year: 'jahr|jahre|jahren|jahres',
  spring: 'frühling|frühjahr|frühlings',
  summer: 'sommer|sommers',
  autumn: 'herbst|herbstes',
  winter: 'winter|winters',
  numbers: 'ein|eine|einem|einer|einen,zwei|paar,drei|einigen|wenigen,vier,fünf,sechs,sieben,acht,neun,zehn',
  ordinals: 'erste|ersten,zweite|zweiten,dritte|dritten,vierte|vierten',
  final: 'letzte|letzten',
  last: 'letzte|letzten|letzter|letztem|letztes|vergangene|vergangenen|vergangenem|vergangenes|vorige|vorigen|vorigem|voriges',
  this: 'diese|diesen|diesem|dieser|dieses',
  ago: 'vor',
  start: 'anfang|beginn',
  middle: 'mitte',
  end: 'ende',
  firstHalf: 'erste hälfte|ersten hälfte',
  secondHalf: 'zweite hälfte|zweiten hälfte',
  before: 'vor|bis',
  after: 'nach|seit|ab',
  in: 'im|jahr|jahre',
  joins: 'im|in|am|vom|der|des|dem|den|zum',
  between: 'zwischen|von|vom',
  and: 'und|bis',
  on: 'am',
  latest:
    'neueste|neuester|neuestes|neuesten|aktuell|aktuelle|aktueller|aktuelles|aktuellen|derzeit|momentan|zurzeit|zuletzt|jetzt|immer noch|inzwischen|mittlerweile',
  talking:
    'was|worüber|wovon|wen|wann|habe|hab|hast|hat|haben|hatte|hatten|ich|wir|du|mir|uns|dir|mit|in|im|am|an|der|das|dem|den|über|es|ist|denn|so|alles|gesprochen|geredet|besprochen|diskutiert|gesagt|erzählt|gefragt|geschrieben|getan|gemacht|passiert|gespräch|gespräche|nachrichten',
};
