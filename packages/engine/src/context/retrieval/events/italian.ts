/** Events in Italian: "prima di trasferirmi a Torino", "il giorno dopo il matrimonio", "da quando lavoro alla Acme". Data; pure. */
import { countWord } from '../times/time-words.ts';
import { clauseEnd, type EventForms, edge, either, inClause, notFirst } from './event-forms.ts';

const far = `(?:(?:(?<count>\\p{L}+|${countWord})\\s+)?(?<unit>giorn[oi]|settiman[ae]|mes[ei]|ann[oi])\\s+)?`;
/** What is past, with what helps it: "mi sono trasferita", "abbiamo comprato". */
const past = `(?:(?:io|noi|\\p{Lu}\\p{L}+)\\s+)?(?:(?:mi|ci|si)\\s+)?(?:ho|abbiamo|ha|hanno|sono|siamo|è|avevo|avevamo|ero|eravamo)\\s+(?:stat[oaie]\\s+)?(?<verb>\\p{L}+(?:[aiu]t|s|rs|tt|rt|nt|st)[oaie])(?!\\p{L})`;
const clause = `(?<event>${past}(?:\\s${inClause}{1,80})?)${clauseEnd}`;
const doing = `(?:trasferir(?:mi|ci|si)|cominciare|iniziare|lasciare|sposar(?:mi|ci|si)|finire|terminare|comprare|vendere|visitare|tornare|laurear(?:mi|si)|andar(?:mene|e)|cambiare|arrivare|partire|divorziare)`;
const done = `(?:aver(?:e)?|esser(?:mi|ci|e)?)\\s+\\p{L}+t[oaie]`;
const happenings = `trasloco|matrimonio|divorzio|separazione|nascita|battesimo|funerale|morte|operazione|intervento|incidente|diagnosi|dimissioni|licenziamento|promozione|assunzione|esame|laurea|studi|tesi|colloquio|vacanze|vacanza|viaggio|congedo|lavori|ristrutturazione|acquisto|vendita|conferenza|congresso|fiera|maratona|gara|festa|compleanno|concerto|corso|tirocinio|riunione|incontro|pandemia|quarantena|sciopero|pensione`;
const named = `(?:\\s+(?:a|in|di|con|da)\\s+\\p{Lu}[\\p{L}-]+)?`;
const thing = `(?<event>(?:(?:(?:il|la|lo|i|le|gli|del|della|dello|dei|delle|dal|dalla|dai|dalle)\\s+|(?:l|dell|dall)['’])(?:(?:mi[oae]|miei|nostr[oaei])\\s+)?)(?:${happenings})(?!\\p{L})${named})`;
const asking = /^(?:dett|raccontat|menzionat|chiest|parlat|scritt|spiegat)/u;
const pattern = (body: string) => new RegExp(`${edge}${body}`, 'gu');
const beside = (word: string) => `${far}${either(word)}\\s+`;

export const italian: EventForms = {
  tried: /(?<!\p{L})(?:prima|dopo|quando|durante|dal|dalla|dall|dai|dalle)(?!\p{L})/iu,
  asksHowLong: /(?<!\p{L})(?:quanto\s+tempo|quant[ie]\s+(?:giorni|settimane|mesi|anni|ore))(?!\p{L})/iu,
  isOne: (_, verb) => !asking.test(verb),
  forms: [
    {
      side: 'before',
      pattern: pattern(`${beside('prima')}di\\s+(?<event>${doing}(?:\\s${inClause}{1,80})?)${clauseEnd}`),
    },
    {
      side: 'before',
      pattern: pattern(
        `${beside('prima')}che\\s+(?<event>(?:(?:mi|ci|si)\\s+)?\\p{L}+(?:ss[ie]|ssimo|ssero)(?:\\s${inClause}{1,80})?)${clauseEnd}`,
      ),
    },
    { side: 'before', pattern: pattern(beside('prima') + thing) },
    { side: 'after', pattern: pattern(`${beside('dopo')}che\\s+${clause}`) },
    { side: 'after', pattern: pattern(`${beside('dopo')}(?<event>${done}(?:\\s${inClause}{1,80})?)${clauseEnd}`) },
    { side: 'after', pattern: pattern(beside('dopo') + thing) },
    { side: 'since', pattern: pattern(`${either('da')}\\s+quando\\s+(?<event>${inClause}{3,80})${clauseEnd}`) },
    { side: 'at', pattern: pattern(`${notFirst}(?<!${either('da')}\\s)${either('quando')}\\s+${clause}`) },
    { side: 'at', pattern: pattern(`${either('durante')}\\s+${thing}`) },
  ],
};
