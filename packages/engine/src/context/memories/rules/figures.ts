/**
 * What nobody is allergic to but as a manner of speaking: bureaucracy, mornings, small talk. Pure. Held against the words after
 * "allergic to"; what is not known here is taken at its word.
 */
import { figuresInScripts } from './guards-of-scripts.ts';

const english =
  'mondays?|mornings?|deadlines?|meetings?|work|hard work|homework|chores|housework|exercise|sports?|math|maths|fun|change|people|men|women|kids|you|him|her|them|it|this|that|these|those|everything|nothing|nonsense|bull\\p{L}*|small talk|drama|hype|jargon|buzzwords?|clich\\p{L}+|spreadsheets?|code|javascript|java|php|microservices|management|managers?|politics|politicians?|rules?|authority|advice|help|money|poverty|failure|risk|debt|taxes|lies|liars?|compliments?|feelings?|love|romance|bad \\p{L}+|stupid \\p{L}+|boring \\p{L}+|long \\p{L}+|(?:my|your|his|her|their|our) \\p{L}+|being|corporate \\p{L}+|office \\p{L}+|red tape|paperwork|waste|mess|silence|noise|jokes?|puns?|e-?mails?|phone calls|capitalism|responsibility';
const german =
  'montage?|arbeit|hausarbeit|bürokratie|dummheit|lügen|unpünktlichkeit|menschen|leute|stress|lärm|sport|politik|meetings|kritik|ungerechtigkeit|small ?talk|dich|ihn|sie|so etwas|sowas|alles|papierkram';
const romance =
  "(?:la |le |les |l['’])?(?:travail|bureaucratie|paperasse|bêtise|mensonges?|injustice|lundis?|réunions?|sport|matins?|changement|politique|gens|toi|trabajo|burocracia|mentiras?|injusticia|lunes|reuniones|deporte|mañanas|cambio|política|gente|trabalho|mentira|injustiça|segundas?(?:-feiras?)?|reuniões|esporte|desporto|manhãs|mudança|pessoas|ti|você|estupidez|tonterías|burrice)";
/** Of what is thought and done, by how it ends. */
const abstract = String.raw`\p{L}+(?:cracy|ness|ship|ism|ment|heit|keit|ismus|schaft|isme|ismo|cratie|cracia|stupidity|quality|mediocrity|complexity|simplicity|ambiguity|uncertainty|authority|politics)`;
/** Doing something; a herring is none. */
const doing = String.raw`(?!(?:herring|dressing|clothing|icing|frosting|whiting|ling)\b)\p{L}{2,}ing(?: \p{L}+)*`;

const figure = new RegExp(
  `^(?:(?:the|all|any|der|die|das) )?(?:${english}|${german}|${romance}|${figuresInScripts}|${abstract}|${doing})$`,
  'iu',
);

export const isFigure = (allergen: string): boolean => figure.test(allergen.trim());
