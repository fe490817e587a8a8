/** Events in German: "bevor ich nach Lübeck zog", "am Tag nach der Hochzeit", "seit ich bei Siemens arbeite". Data; pure. */
import { isPastOfGerman } from '../../../space/words/german-verbs.ts';
import { countWord } from '../times/time-words.ts';
import { clauseEnd, type EventForms, edge, either, inClause } from './event-forms.ts';

const far = `(?:(?:(?<count>\\p{L}+|${countWord})\\s+)?(?<unit>Tage?n?|Wochen?|Monate?n?|Jahre?n?)\\s+)?`;
const somebody = `(?:ich|wir|er|sie|\\p{Lu}\\p{L}+)`;
/** The verb stands at the end. */
const clause = `(?<event>(?<doer>${somebody})\\s+(?:${inClause}{1,80}?\\s)??(?<verb>(?:\\p{Ll}+\\s+(?:bin|habe?|ist|sind|hat|haben|war|waren|hatten?|wurden?)|\\p{Ll}+)))${clauseEnd}`;
/** Nouns of what happens once, behind any other noun: "Sommerfest", "Knie-OP". */
const happenings =
  'umzugs?|einzugs?|auszugs?|hochzeit|trauung|scheidung|trennung|geburt|taufe|beerdigung|todes?|operation|op|unfalls?|diagnose|kündigung|beförderung|einstellung|einschulung|prüfung|abiturs?|studiums?|abschluss(?:es)?|verteidigung|abgabe|vorstellungsgesprächs?|gesprächs?|urlaubs?|reise|ferien|elternzeit|renovierung|sanierung|hauskaufs?|kaufs?|verkaufs?|konferenz|messe|marathons?|rennens?|fest(?:e?s)?|feier|geburtstage?s?|konzert(?:s|es)?|kurs(?:es)?|treffens?|pandemie|streiks?|einbruchs?';
const thing = `(?<event>(?:[Dd]e[rmns]|[Dd]ie|[Dd]as|[Mm]eine?[mrns]?|[Uu]nsere?[mrns]?)\\s+(?:\\p{Ll}+\\s+)?[\\p{L}-]*(?:${happenings}|${happenings
  .split('|')
  .map((noun) => noun.slice(0, 1).toUpperCase() + noun.slice(1))
  .join('|')}|OP)(?![\\p{L}])(?:\\s+(?:nach|in|mit|von|bei|auf|an)\\s+\\p{Lu}[\\p{L}-]+)?)`;
const asking = /^(?:(?:ge)?sag|erzähl|erwähn|(?:ge)?frag|(?:be|ge)?spr[aoä]ch|(?:ge)?schr[ie]+b)/u;

const pattern = (relation: string, event: string) => new RegExp(`${edge}${relation}\\s+${event}`, 'gu');

export const german: EventForms = {
  tried: /(?<!\p{L})(?:bevor|ehe|nachdem|vor|nach|seit|seitdem|während|als|bei)(?!\p{L})/iu,
  asksHowLong: /(?<!\p{L})wie\s+(?:lange|viele\s+(?:tage|wochen|monate|jahre|stunden))(?!\p{L})/iu,
  isOne: (_, verb) => isPastOfGerman(verb) && !asking.test(verb),
  forms: [
    { side: 'before', pattern: pattern(`${far}${either('bevor|ehe')}`, clause) },
    { side: 'after', pattern: pattern(`${far}${either('nachdem')}`, clause) },
    { side: 'at', pattern: pattern(either('als'), clause) },
    {
      side: 'since',
      pattern: pattern(either('seit|seitdem'), `(?<event>${somebody}\\s+${inClause}{2,80})${clauseEnd}`),
    },
    { side: 'before', pattern: pattern(`${far}${either('vor')}`, thing) },
    { side: 'after', pattern: pattern(`${far}${either('nach')}`, thing) },
    { side: 'since', pattern: pattern(either('seit'), thing) },
    { side: 'at', pattern: pattern(either('während|bei'), thing) },
  ],
};
