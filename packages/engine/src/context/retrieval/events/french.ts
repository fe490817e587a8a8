/** Events in French: "avant de déménager à Lyon", "le lendemain du mariage", "depuis que je travaille chez Acme". Data; pure. */
import { countWord } from '../times/time-words.ts';
import { clauseEnd, type EventForms, edge, either, inClause, notFirst } from './event-forms.ts';

const far = `(?:(?<count>\\p{L}+|${countWord})\\s+)?(?<unit>jours?|semaines?|mois|ans?|années?)\\s+`;
const somebody = `(?:j['’]|je\\s|on\\s|nous\\s|ils?\\s|elles?\\s|\\p{Lu}\\p{L}+\\s|\\p{Lu}\\p{L}+\\s+et\\s+moi\\s)`;
/** What was done, with what helps it, or was going on. */
const past = `(?:(?:me\\s|m['’]|nous\\s|se\\s|s['’])?(?:ai|as|a|avons|ont|suis|est|sommes|sont|avais|avait|étais|était)\\s+(?:été\\s+)?(?<verb>\\p{L}+(?:é|i|u|is|it|ert|ort)(?:e?s?)))`;
const clause = `(?<event>(?<doer>${somebody})${past}(?:\\s${inClause}{1,80})?)${clauseEnd}`;
const doing = `(?:déménager|(?:m['’]|nous\\s)installer|commencer|quitter|rejoindre|finir|terminer|acheter|vendre|visiter|revenir|rentrer|partir|arriver|(?:me|nous)\\s+marier|changer|emménager|démissionner)`;
const done = `(?:(?:avoir|être)\\s+\\p{L}+|(?:m['’]|nous\\s)être\\s+\\p{L}+)`;
const happenings = `déménagement|emménagement|mariage|divorce|séparation|rupture|naissance|baptême|enterrement|mort|opération|accident|diagnostic|démission|licenciement|promotion|embauche|rentrée|examen|bac|études|soutenance|entretien|vacances|voyage|séjour|congé|travaux|rénovation|achat|vente|conférence|salon|marathon|course|fête|anniversaire|concert|cours|stage|réunion|rencontre|pandémie|confinement|grève`;
const thing = `(?<event>(?:(?:mon|ma|mes|notre|nos|le|la|les|ce|cette)\\s+|l['’])(?:\\p{Ll}+\\s+)?(?:${happenings})s?(?!\\p{L})(?:\\s+(?:à|en|de|du|avec|chez)\\s+\\p{Lu}[\\p{L}-]+)?)`;
/** "Du mariage", "de mon opération": the article hangs on what is before it. */
const ofThing = `(?:(?:du|des)\\s+(?<bare>(?:${happenings})s?(?!\\p{L}))|de\\s+${thing})`;
const asking = /^(?:dit|parlé|raconté|mentionné|demandé|écrit|discuté|expliqué)/u;
const pattern = (body: string) => new RegExp(`${edge}${body}`, 'gu');

export const french: EventForms = {
  tried: /(?<!\p{L})(?:avant|après|depuis|quand|lorsque?|pendant|durant|veille|lendemain)(?!\p{L})/iu,
  asksHowLong: /(?<!\p{L})combien\s+de\s+(?:temps|jours|semaines|mois|ans|années|heures)(?!\p{L})/iu,
  isOne: (_, verb) => !asking.test(verb),
  forms: [
    {
      side: 'before',
      pattern: pattern(
        `(?:${far})?${either('avant')}\\s+(?:que\\s+${clause.replace(past, `(?:ne\\s|n['’])?(?<verb>\\p{L}+)`)})`,
      ),
    },
    {
      side: 'before',
      pattern: pattern(
        `(?:${far})?${either('avant')}\\s+(?:de\\s+|d['’])(?<event>${doing}(?:\\s${inClause}{1,80})?)${clauseEnd}`,
      ),
    },
    { side: 'before', pattern: pattern(`(?:${far})?${either('avant')}\\s+${thing}`) },
    { side: 'before', pattern: pattern(`(?<word>la\\s+veille)\\s+${ofThing}`) },
    { side: 'after', pattern: pattern(`(?<word>le\\s+lendemain)\\s+${ofThing}`) },
    { side: 'after', pattern: pattern(`(?:${far})?${either('après')}\\s+que\\s+${clause}`) },
    {
      side: 'after',
      pattern: pattern(`(?:${far})?${either('après')}\\s+(?<event>${done}(?:\\s${inClause}{1,80})?)${clauseEnd}`),
    },
    { side: 'after', pattern: pattern(`(?:${far})?${either('après')}\\s+${thing}`) },
    {
      side: 'since',
      pattern: pattern(`${either('depuis')}\\s+qu(?:e\\s+|['’])(?<event>${somebody}${inClause}{2,80})${clauseEnd}`),
    },
    { side: 'since', pattern: pattern(`${either('depuis')}\\s+${thing}`) },
    { side: 'at', pattern: pattern(`${notFirst}${either('quand|lorsque')}\\s+${clause}`) },
    { side: 'at', pattern: pattern(`${either('pendant|durant')}\\s+${thing}`) },
  ],
};
