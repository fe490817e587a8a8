/**
 * The other forms of German verbs that no ending tells: those that change their vowel, and participles, which begin with "ge". A stem
 * joins "kaufte" and "kauften"; "gekauft" and "zog" need to be known. Pure; a form that is none finds nothing.
 */

/** Infinitive, third person of now where it changes, past, participle. */
const lists = `
ziehen zog gezogen|gehen ging gegangen|kommen kam gekommen|fahren fährt fuhr gefahren|fliegen flog geflogen|fangen fängt fing gefangen
beginnen begann begonnen|lassen lässt ließ gelassen|bekommen bekam bekommen|nehmen nimmt nahm genommen|geben gibt gab gegeben
finden fand gefunden|verlieren verlor verloren|sterben stirbt starb gestorben|brechen bricht brach gebrochen|treffen trifft traf getroffen
schreiben schrieb geschrieben|sprechen spricht sprach gesprochen|lesen liest las gelesen|sehen sieht sah gesehen|essen isst aß gegessen
trinken trank getrunken|schlafen schläft schlief geschlafen|laufen läuft lief gelaufen|schwimmen schwamm geschwommen|singen sang gesungen
bringen brachte gebracht|denken dachte gedacht|kennen kannte gekannt|wissen weiß wusste gewusst|werden wird wurde geworden
bleiben blieb geblieben|stehen stand gestanden|sitzen saß gesessen|liegen lag gelegen|fallen fällt fiel gefallen|halten hält hielt gehalten
helfen hilft half geholfen|heißen hieß geheißen|leihen lieh geliehen|steigen stieg gestiegen|schließen schloss geschlossen
schneiden schnitt geschnitten|streichen strich gestrichen|tragen trägt trug getragen|tun tat getan|vergessen vergisst vergaß vergessen
werfen wirft warf geworfen|bieten bot geboten|rufen rief gerufen|schlagen schlägt schlug geschlagen|waschen wäscht wusch gewaschen
wachsen wächst wuchs gewachsen|raten rät riet geraten|laden lädt lud geladen|messen misst maß gemessen|scheiden schied geschieden
entscheiden entschied entschieden|gewinnen gewann gewonnen|springen sprang gesprungen|sein war gewesen|haben hatte gehabt`;

const verbs: readonly (readonly string[])[] = lists
  .trim()
  .split(/[|\n]/)
  .map((line) => line.trim().split(' '));
const byForm: ReadonlyMap<string, readonly string[]> = new Map(
  verbs.flatMap((forms) => forms.map((form) => [form, forms] as const)),
);
const past: ReadonlySet<string> = new Set(verbs.flatMap((forms) => forms.slice(-2)));
/** What stands before a verb and changes what it does, and lets go of it in a sentence: "zog ... um", "umgezogen". */
const prefix = /^(ab|an|auf|aus|ein|um|weg|zu|vor|mit|zurück|los|fest|bei|durch|heim|weiter|her|hin)(?=\p{L}{3})/u;
/** What stands before a verb and keeps "ge" away: "verlassen", "unterschrieben". */
const firm = /^(?:be|ver|zer|ent|er|über|unter|wider)(?=\p{L}{3})/u;
/** Words that end as the past does. */
const noPast =
  /^(?:\p{L}*(?:heute|leute|seite|weite|breite|zweite|dritte|letzte|erste|beste|nächste|karte|liste|kiste|sorte|mitte|bitte|hütte|hälfte|arbeite|warte|starte|miete|biete|rate|teste|leiste|halte|richte|achte|rette|möchte|könnte|sollte|würde|hätte|müsste|dürfte))n?$/u;

/** @param word lower case @returns its other forms, without itself */
export function formsOfGermanVerb(word: string): string[] {
  const [lead = ''] = prefix.exec(word) ?? firm.exec(word) ?? [];
  const bare = word.slice(lead.length);
  const isFirm = firm.test(word);
  // A whole verb is looked up before what stands before it is taken off: "fangen" is no "an".
  const known = byForm.get(word) ?? byForm.get(bare) ?? (isFirm ? byForm.get(`ge${bare}`) : undefined);
  const before = byForm.has(word) ? '' : lead;
  const forms = (known ?? regular(bare)).map((form) => before + (isFirm ? form.replace(/^ge(?=\p{L}{3})/u, '') : form));
  return forms.filter((form) => form !== word);
}

/** "gekauft", "kaufte", "kauften" and "kaufen" are of one verb; nothing where it is none of these. */
function regular(word: string): string[] {
  const [, stem = ''] =
    /^ge(\p{L}{3,})t$/u.exec(word) ?? (noPast.test(word) ? [] : (/^(\p{L}{3,})te[nt]?$/u.exec(word) ?? []));
  return stem === '' ? [] : [stem, `${stem}e`, `${stem}t`, `${stem}en`, `${stem}te`, `ge${stem}t`];
}

/** What ends a clause that tells of what is past: "zog", "kaufte", "gekauft habe". @param verb with what helps it behind it */
export function isPastOfGerman(verb: string): boolean {
  const [word = '', helped] = verb.toLowerCase().split(/\s+/);
  if (helped !== undefined)
    return /(?:t|en)$/u.test(word) && (past.has(bareOf(word)) || /ge\p{L}+t$|iert$/u.test(word) || firm.test(word));
  return past.has(word) || past.has(bareOf(word)) || (/\p{L}{2}te[nt]?$/u.test(word) && !noPast.test(word));
}

const bareOf = (word: string): string => word.replace(byForm.has(word) ? /^$/u : prefix, '');
