/**
 * Times as programs write them in the languages of their people: `5 janv. 2026 à 10:00:05 CET`, `05.01.2026, 10:00:05 MEZ`,
 * `2026年1月5日 下午10:00`, `5 de jan. de 2026 10:00:05 BRT`, `2026. 1. 5. 오전 10:00:05`. The shapes are those of the Unicode CLDR.
 * Pure. Where a word stands that is not understood, it is no time: nothing is guessed.
 */
import { offsetOf, utc } from './time-zones.ts';

/** How the names of months begin, January first. One that begins another's is told by its length: the longest that fits holds. */
const monthBeginnings: readonly string[] = [
  'jan|jän|janv|ene|gen|sty|led|oca|янв|січ|tammi|ιαν|ianuarie|ian|ינו|يناير',
  'feb|fév|févr|fev|lut|úno|şub|фев|лют|helmi|φεβ|פבר|فبراير',
  'mar|mär|mrt|maa|march|març|mars|marz|marzec|bře|мар|бер|maalis|μαρ|מרץ|مارس',
  'apr|avr|abr|ápr|kwi|dub|nis|апр|кві|huhti|απρ|אפר|أبريل',
  'may|mai|mag|mei|maj|máj|kvě|мая|май|тра|touko|μαΐ|μαι|מאי|مايو',
  'jun|juin|juni|giu|cze|čvn|června|haz|июн|чер|kesä|ιουν|יוני|يونيو',
  'jul|juil|lug|lip|čvc|července|tem|июл|лип|heinä|ιουλ|יולי|يوليو',
  'aug|août|aou|ago|sie|srp|ağu|авг|сер|elo|αυγ|אוג|أغسطس',
  'sep|sept|set|wrz|zář|eyl|сен|вер|syys|σεπ|ספט|سبتمبر',
  'oct|okt|out|ott|paź|říj|eki|окт|жов|loka|οκτ|אוק|أكتوبر',
  'nov|lis|kas|ноя|лис|marras|νοε|נוב|نوفمبر',
  'dec|déc|dez|dic|gru|pro|ara|дек|гру|joulu|δεκ|des|דצמ|ديسمبر',
];
const months: readonly (readonly [string, number])[] = monthBeginnings
  .flatMap((names, ix) => names.split('|').map((name) => [name.normalize('NFC'), ix + 1] as const))
  .toSorted(([a], [b]) => b.length - a.length);
/** Other months in Croatian, which has a point behind the day as Czech has: nobody can tell. */
const ofTwoMonths = /^(?:lip|lis|srp|lipnja|srpnja|listopada)$/;

function monthOf(word: string): number | null {
  const name = word.normalize('NFC').toLowerCase();
  return months.find(([beginning]) => name.startsWith(beginning))?.[1] ?? null;
}

const before = '午前|上午|凌晨|清晨|早上|오전|sáng';
const after = '午後|下午|中午|傍晚|晚上|오후|chiều|tối';
const half = String.raw`[ap]\.? ?m\.?|π\.?μ\.?|μ\.?μ\.?|ÖÖ|ÖS|SA|CH`;
const clock = new RegExp(
  String.raw`(?:(${before}|${after}|AM|PM|ÖÖ|ÖS) ?)?(?<!\d)(\d{1,2})(?:[:h]|(?<=(?:[,àв]|at|kl\.?|klo|um) ?\d{1,2})\.| ?[時时시] ?)(\d{2})(?:(?:[:m.]| ?[分분] ?)(\d{2}))?(?:[,.]\d{1,6})? ?(?:[s秒초](?![\p{L}]))?(?: ?(${half})(?![\p{L}]))?`,
  'iu',
);
const zone = /(?:^|\s)\(?((?:GMT|UTC)[-+\u2212]\d{1,2}(?::?\d{2})?|[-+]\d{1,2}:?\d{2}|[A-ZČ]{2,5})\)?(?=\s|$)/u;
const date = {
  east: /(\d{4}) ?[年년] ?(\d{1,2}) ?[月월] ?(\d{1,2}) ?[日일号]?/u,
  yearFirst: /(?<!\d)(\d{4})(?:\. ?|\/|-)(\d{1,2})(?:\. ?|\/|-)(\d{1,2})\.?(?!\d)/u,
  yearNamed: /(?<!\d)(\d{4})\.? (\p{L}{3,14})\.? (\d{1,2})\.?(?!\d)/u,
  numbers: /(?<!\d)(\d{1,2})(?:\. ?|\/|-)(\d{1,2})(?:\. ?|\/|-)(\d{4})(?!\d)/u,
  named: /(?<!\d)(\d{1,2})(?:\.|º|er)?(?: de)?[ -](\p{L}{3,14})\.?,?(?: (?:de|del))?[ -](\d{4})(?!\d)/u,
  namedFirst: /(?<!\p{L})(\p{L}{3,14})\.? (\d{1,2}),? (\d{4})(?!\d)/u,
  vietnamese: /(?<!\d)(\d{1,2}) (?:tháng|thg) (\d{1,2}),? (?:năm )?(\d{4})(?!\d)/iu,
} as const;
/** What may stand between them and says nothing. */
const fillers =
  /^(?:[\s,.·|()]|\b(?:at|um|kl|klo|alle|ore|om|o|a las|a la|as|uhr)\b|às|lúc|à|в|о|г|р|ж|στις|年|г\.)*$/iu;

interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly rest: string;
}

/** @param dayFirst of dates with slashes; those with points have the day in front wherever they are written */
function dayOf(text: string, dayFirst: boolean): Day | null {
  for (const [shape, pattern] of Object.entries(date)) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const [all, a = '', b = '', c = ''] = match;
    const rest = `${text.slice(0, match.index)} ${text.slice(match.index + all.length)}`;
    const at = (year: string, month: number | null, day: string): Day | null =>
      month === null ? null : { year: Number(year), month, day: Number(day), rest };
    if (shape === 'east' || shape === 'yearFirst') return at(a, Number(b), c);
    if (shape === 'vietnamese') return at(c, Number(b), a);
    const monthFirst = shape === 'numbers' && all.includes('/') && !dayFirst && Number(a) <= 12;
    if (shape === 'numbers') return monthFirst ? at(c, Number(a), b) : at(c, Number(b), a);
    if (shape === 'named' && /^\d+\./.test(all) && ofTwoMonths.test(b.toLowerCase())) return null;
    const found =
      shape === 'named' ? at(c, monthOf(b), a) : shape === 'yearNamed' ? at(a, monthOf(b), c) : at(c, monthOf(a), b);
    if (found !== null) return found;
  }
  return null;
}

const isAfter = new RegExp(`^(?:${after}|p|ÖS|CH|μ\\.?μ)`, 'iu');
const isBefore = new RegExp(`^(?:${before}|a|ÖÖ|SA|π)`, 'iu');

/**
 * @param text with plain spaces
 * @returns milliseconds, or null where it is no time that is understood whole
 */
export function localTime(text: string, dayFirst: boolean = false): number | null {
  if (text.length > 80) return null;
  const day = dayOf(text, dayFirst);
  const time = day === null ? null : clock.exec(day.rest);
  if (day === null || time === null) return null;
  const [all, front, hours = '', minutes = '', seconds = '0', behind] = time;
  const given = Number(hours);
  const said = front ?? behind;
  const hour =
    said === undefined || given > 12
      ? given
      : isAfter.test(said)
        ? (given % 12) + 12
        : isBefore.test(said)
          ? given % 12
          : given;
  const left = `${day.rest.slice(0, time.index)} ${day.rest.slice(time.index + all.length)}`;
  const named = zone.exec(left);
  const rest = named === null ? left : `${left.slice(0, named.index)} ${left.slice(named.index + named[0].length)}`;
  if (!fillers.test(rest)) return null;
  const ms = utc(day.year, day.month, day.day, hour, Number(minutes), Number(seconds));
  const offset = offsetOf(named?.[1]);
  return ms === null || offset === null ? null : ms - offset;
}
