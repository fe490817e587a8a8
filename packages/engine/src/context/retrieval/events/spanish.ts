/** Events in Spanish: "antes de mudarme a Granada", "el día después de la boda", "desde que trabajo en Acme". Data; pure. */
import { countWord } from '../times/time-words.ts';
import { clauseEnd, type EventForms, edge, either, inClause, notFirst } from './event-forms.ts';

const far = `(?:(?:(?<count>\\p{L}+|${countWord})\\s+)?(?<unit>d[ií]as?|semanas?|mes(?:es)?|años?)\\s+)?`;
/** First persons of what is past: "me mudé", "nos casamos", "dejé el banco". */
const past = `(?:(?:yo|nosotr[oa]s)\\s+)?(?:me\\s+|nos\\s+)?(?:hab(?:ía|íamos)\\s+\\p{L}+[aei]do|(?<verb>\\p{L}+(?:é|í|ié|aste|amos|imos))|fui|fuimos|tuve|tuvimos|vine|vinimos|hice|hicimos|empecé|(?:\\p{Lu}\\p{L}+\\s+(?:se\\s+)?\\p{L}+ó))(?!\\p{L})`;
const clause = `(?<event>${past}(?:\\s${inClause}{1,80})?)${clauseEnd}`;
const doing = `(?:mudar(?:me|nos|se)|empezar|comenzar|dejar|casar(?:me|nos|se)|terminar|acabar|comprar|vender|visitar|volver|graduar(?:me|se)|ir(?:me|nos)|cambiar(?:me)?|jubilar(?:me|se)|entrar|llegar|divorciar(?:me|nos|se))`;
const happenings = `mudanza|boda|divorcio|separación|ruptura|nacimiento|bautizo|entierro|muerte|operación|accidente|diagnóstico|despido|ascenso|contratación|examen|carrera|estudios|defensa|entrevista|vacaciones|viaje|permiso|obras?|reforma|compra|venta|conferencia|congreso|feria|marat[óo]n|fiesta|cumpleaños|concierto|curso|prácticas|reunión|encuentro|pandemia|confinamiento|huelga|jubilación`;
const thing = `(?<event>(?:mis?|nuestr[oa]s?|el|la|los|las|este|esta)\\s+(?:${happenings})(?!\\p{L})(?:\\s+(?:a|en|de|con)\\s+\\p{Lu}[\\p{L}-]+)?)`;
/** "Del viaje": the article hangs on what is before it. */
const ofThing = `(?:de\\s+${thing}|del\\s+(?<bare>(?:${happenings})(?!\\p{L})(?:\\s+(?:a|en|de|con)\\s+\\p{Lu}[\\p{L}-]+)?))`;
const asking = /^(?:dij|cont|mencion|pregunt|habl|escrib|expli)/u;
const pattern = (body: string) => new RegExp(`${edge}${body}`, 'gu');
const beside = (word: string) => `${far}${either(word)}\\s+`;

export const spanish: EventForms = {
  tried: /(?<!\p{L})(?:antes|despu[ée]s|tras|desde|cuando|durante)(?!\p{L})/iu,
  asksHowLong: /(?<!\p{L})(?:cu[áa]nto\s+tiempo|cu[áa]nt[oa]s\s+(?:d[íi]as|semanas|meses|años|horas))(?!\p{L})/iu,
  isOne: (_, verb) => !asking.test(verb),
  forms: [
    {
      side: 'before',
      pattern: pattern(
        `${beside('antes')}de\\s+que\\s+(?<event>(?:me\\s+|nos\\s+|\\p{Lu}\\p{L}+\\s+(?:se\\s+)?)?\\p{L}+(?:ra|ramos|se)(?:\\s${inClause}{1,80})?)${clauseEnd}`,
      ),
    },
    {
      side: 'before',
      pattern: pattern(`${beside('antes')}de\\s+(?<event>${doing}(?:\\s${inClause}{1,80})?)${clauseEnd}`),
    },
    { side: 'before', pattern: pattern(beside('antes') + ofThing) },
    { side: 'after', pattern: pattern(`${beside('después|despues')}(?:de\\s+)?que\\s+${clause}`) },
    {
      side: 'after',
      pattern: pattern(`${beside('después|despues')}de\\s+(?<event>${doing}(?:\\s${inClause}{1,80})?)${clauseEnd}`),
    },
    { side: 'after', pattern: pattern(beside('después|despues') + ofThing) },
    { side: 'after', pattern: pattern(`${either('tras')}\\s+${thing}`) },
    { side: 'since', pattern: pattern(`${either('desde')}\\s+que\\s+(?<event>${inClause}{3,80})${clauseEnd}`) },
    { side: 'since', pattern: pattern(`${either('desde')}\\s+${thing}`) },
    { side: 'at', pattern: pattern(`${notFirst}${either('cuando')}\\s+${clause}`) },
    { side: 'at', pattern: pattern(`${either('durante')}\\s+${thing}`) },
  ],
};
