/** What people say of themselves in German, simply, as rules. Data; see `memory-rule.ts`. */
import { given, type MemoryRule, named, rest } from './memory-rule.ts';

const adverbs = String.raw`(?: (?:jetzt|gerade|aktuell|derzeit|inzwischen|seit \d{4}|seit \p{L}+(?: \d{4})?|zurzeit|auch|schon|noch|hier))*`;

export const german: readonly MemoryRule[] = [
  {
    kind: 'fact',
    attribute: 'home',
    text: 'Wohnt in {value}',
    confidence: 0.85,
    pattern: new RegExp(String.raw`\b[Ii]ch (?:wohne|lebe)${adverbs} in ${named}`, 'u'),
  },
  {
    kind: 'fact',
    attribute: 'home',
    text: 'Wohnt in {value}',
    confidence: 0.8,
    pattern: new RegExp(String.raw`\b[Ii]ch bin${adverbs} (?:von [\p{L}]+ )?nach ${named} (?:gezogen|umgezogen)`, 'u'),
  },
  {
    kind: 'fact',
    attribute: 'employer',
    text: 'Arbeitet bei {value}',
    confidence: 0.8,
    pattern: new RegExp(String.raw`\b[Ii]ch arbeite${adverbs} (?:bei|für)(?: der| dem)? ${named}`, 'u'),
  },
  {
    kind: 'fact',
    attribute: 'occupation',
    text: 'Arbeitet als {value}',
    confidence: 0.8,
    pattern: new RegExp(String.raw`\b[Ii]ch arbeite${adverbs} als (?<value>\p{Lu}\p{L}+)`, 'u'),
  },
  {
    kind: 'fact',
    attribute: 'name',
    text: 'Heißt {value}',
    confidence: 0.85,
    pattern: new RegExp(String.raw`(?:\b[Ii]ch heiße|\b[Mm]ein Name ist) ${named}`, 'u'),
  },
  {
    kind: 'fact',
    attribute: 'age',
    text: 'Ist {value} Jahre alt',
    confidence: 0.8,
    pattern: /\bich bin (?<value>\d{1,2}) jahre alt/iu,
  },
  {
    kind: 'fact',
    attribute: 'allergy:{value}',
    says: 'yes',
    text: 'Ist allergisch gegen {value}',
    confidence: 0.9,
    pattern: new RegExp(String.raw`\bich bin (?:stark |sehr )?allergisch (?:gegen|auf) ${rest}`, 'iu'),
  },
  {
    kind: 'fact',
    attribute: 'diet',
    text: 'Isst {value}',
    confidence: 0.85,
    pattern:
      /\bich (?:bin|esse|ernähre mich|lebe)(?: jetzt| inzwischen| rein| seit \d{4}| seit \p{Lu}\p{L}+(?: \d{4})?| seit \p{L}+ Jahren?)* (?<value>vegan|vegetarisch|glutenfrei|halal|koscher)\b/iu,
  },
  {
    kind: 'fact',
    attribute: 'diet',
    text: 'Ist {value}',
    confidence: 0.85,
    pattern: /\bich bin(?: jetzt| inzwischen| seit \d{4}| seit \p{L}+)* (?<value>(?:Vegetarier|Veganer)(?:in)?)\b/iu,
  },
  {
    kind: 'relation',
    text: '{What}: {value}',
    confidence: 0.85,
    pattern:
      /\b(?:[Mm]eine?|[Uu]nsere?) (?:neue |neuer |ältere |jüngere |kleine |große |älterer |jüngerer |kleiner |großer )?(?<what>Frau|Mann|Tochter|Sohn|Bruder|Schwester|Mutter|Vater|Freundin|Freund|Partner(?:in)?|Hund|Katze)(?: heißt| ist)? (?<value>(?:(?:Dr|Prof|Frau|Herr)\.? )*\p{Lu}[\p{L}'’-]+(?:(?<=(?:heißt|ist) [\p{L}.]+) \p{Lu}[\p{L}'’-]+)?)(?=[ ,.;!]|$)/u,
  },
  {
    kind: 'goal',
    text: 'Möchte {value}',
    confidence: 0.75,
    pattern: /\bmein ziel ist(?: es)?,? (?<value>[^.;!?\n]{4,120})/iu,
  },
  {
    kind: 'preference',
    confidence: 0.75,
    pattern: /\bich (?:bevorzuge|ziehe es vor|mag lieber|hätte lieber) [^.;!?\n]{3,160}/iu,
  },
  {
    kind: 'preference',
    attribute: 'likes:{value}',
    says: 'yes',
    text: 'Mag {value}',
    confidence: 0.65,
    pattern:
      /\bich (?:mag|liebe) (?!(?:das|es|dies\w*|den|die idee|dich|wie|nicht|kein\w*|lieber)\b)(?<value>[^,.;!?\n]{2,60})/iu,
  },
  {
    kind: 'instruction',
    confidence: 0.85,
    pattern:
      /^(?:bitte )?(?:[a-zäöüß]+ mich und )?(?:antworte?|schreibe?|benutze?|verwende?|gib|nenne?|erkläre?|sprich|rede?|halte?)(?: mir| mich)? (?:bitte )?(?:immer|nie(?:mals)?|ab jetzt|ab sofort|künftig|grundsätzlich|stets)\b[^?]{3,200}/iu,
  },
  {
    kind: 'instruction',
    confidence: 0.85,
    pattern: /^(?:ab jetzt|ab sofort|künftig|in zukunft|von jetzt an)\b[^?]{5,200}/iu,
  },
  {
    kind: 'instruction',
    attribute: 'address',
    confidence: 0.8,
    pattern: new RegExp(String.raw`\b[Nn]enn(?:e)? mich (?:bitte )?${given}`, 'u'),
  },
  {
    kind: 'fact',
    attribute: 'home',
    says: 'not {value}',
    text: 'Wohnt nicht mehr in {value}',
    confidence: 0.8,
    pattern: new RegExp(String.raw`\b[Ii]ch (?:wohne|lebe)${adverbs} nicht mehr in ${named}`, 'u'),
  },
  {
    kind: 'fact',
    attribute: 'birthplace',
    text: 'Ist in {value} geboren',
    confidence: 0.85,
    pattern: new RegExp(String.raw`\b[Ii]ch (?:bin|wurde) in ${named}(?: \d{4})? (?:geboren|zur Welt gekommen)`, 'u'),
  },
  {
    kind: 'fact',
    attribute: 'employer',
    says: 'not {value}',
    text: 'Arbeitet nicht mehr bei {value}',
    confidence: 0.8,
    pattern: new RegExp(
      String.raw`\b[Ii]ch arbeite${adverbs} nicht mehr (?:als \p{Lu}\p{L}+ )?(?:bei|für|am|im)(?: der| dem)? ${named}`,
      'u',
    ),
  },
  {
    kind: 'fact',
    attribute: 'employer',
    says: 'self',
    text: 'Ist selbstständig',
    confidence: 0.8,
    pattern:
      /\bich (?:bin|arbeite)(?: jetzt| inzwischen| seit \d{4}| seit \p{L}+)* (?:selbst?ständig|freiberuflich|freiberufler(?:in)?)(?=[ ,.;!]|$)|\bich habe mich selbst?ständig gemacht/iu,
  },
  {
    kind: 'fact',
    attribute: 'diet',
    says: 'not {value}',
    text: 'Ist nicht mehr {value}',
    confidence: 0.8,
    pattern:
      /\bich (?:bin|lebe|esse) (?:nicht mehr (?=veg)|keine? (?=\p{L}+ mehr))(?<value>vegan|vegetarisch|Vegetarier(?:in)?|Veganer(?:in)?)\b/iu,
  },
  {
    kind: 'fact',
    attribute: 'diet',
    text: 'Isst {value}',
    confidence: 0.8,
    pattern: /\bich esse(?: seit \p{L}+| jetzt| inzwischen)* wieder (?<value>Fleisch|Fisch|alles)\b/iu,
  },
  {
    kind: 'fact',
    attribute: 'eats:{value}',
    says: 'no',
    text: 'Isst nichts mit {value}',
    confidence: 0.8,
    pattern:
      /\b[Ii]ch (?:kann|darf|vertrage|esse)(?: leider| gar| überhaupt)? keine?n? (?!(?:mehr|weitere\w*|ganze\w*)\b)(?<value>\p{Lu}[\p{L}-]{2,40})(?= essen| trinken|[.,!]|$| und (?:auch )?kein| wegen| mehr)/u,
  },
  {
    kind: 'relation',
    text: 'Hat {value}',
    confidence: 0.8,
    pattern:
      /\b(?:[Ii]ch habe|[Ww]ir haben) (?<value>(?:zwei|drei|vier|fünf|\d) (?:Kinder|Töchter|Söhne|Katzen|Hunde|Kater|Brüder|Schwestern|Geschwister|Pferde)(?:,|:| namens) \p{Lu}[\p{L}'’-]+(?:, \p{Lu}[\p{L}'’-]+)* und \p{Lu}[\p{L}'’-]+)(?=[ ,.;!]|$)/gu,
  },
  {
    kind: 'relation',
    text: '{What}: {value}',
    confidence: 0.8,
    pattern: new RegExp(
      String.raw`\b(?:[Ii]ch habe|[Ww]ir haben) eine?n? (?<what>Hund|Katze|Kater|Hündin|Tochter|Sohn|Bruder|Schwester),? (?:namens|(?:der|die) heißt|mit Namen) ${given}`,
      'gu',
    ),
  },
  {
    kind: 'fact',
    text: 'Ist {value}',
    confidence: 0.8,
    pattern:
      /\bich bin (?<value>linkshänder(?:in)?|rechtshänder(?:in)?|farbenblind|schwerhörig|gehörlos|laktoseintolerant|legasthenike?r?(?:in)?|diabetiker(?:in)?|asthmatiker(?:in)?)(?=[ ,.;!]|$)/iu,
  },
  {
    kind: 'fact',
    attribute: 'smoking',
    says: 'quit',
    text: 'Hat früher geraucht',
    confidence: 0.8,
    pattern:
      /\bich (?:habe (?:früher|bis \d{4}) geraucht|habe(?: \d{4}| vor [^.,]{3,20})? (?:mit dem Rauchen aufgehört|aufgehört zu rauchen)|rauche nicht mehr)(?=[ ,.;!]|$)/iu,
  },
  {
    kind: 'goal',
    text: 'Möchte {value}',
    confidence: 0.7,
    pattern:
      /\b[Ii]ch (?:will|möchte|plane|werde) (?<value>(?:[^.,;!?\n]{0,40} )?(?:Englisch|Deutsch|Französisch|Spanisch|Italienisch|Portugiesisch|Türkisch|Japanisch|Chinesisch|Russisch|Arabisch|Klavier|Gitarre|Geige|Schwimmen) (?:spielen )?lernen|[^.,;!?\n]{0,40}(?:Marathon|Halbmarathon|Triathlon) (?:in \p{Lu}\p{L}+ )?laufen|[^.,;!?\n]{0,40}(?:Haus|Wohnung|Auto) kaufen|[^.,;!?\n]{0,30}mit dem Rauchen aufhören|[^.,;!?\n]{0,20}\d+ ?(?:Kilo|kg) abnehmen)(?=[ ,.;!]|$)/u,
  },
  {
    kind: 'goal',
    text: 'Ziel: {value}',
    confidence: 0.65,
    pattern: /^(?:mein )?(?:nächstes |großes |persönliches )+ziel: (?<value>[^.;!?\n]{4,120})/iu,
  },
  {
    kind: 'preference',
    attribute: 'likes:{value}',
    says: 'no',
    text: 'Mag {what} {value}',
    confidence: 0.7,
    pattern:
      /\bich mag (?:wirklich |überhaupt |gar )?(?<what>keine?n?) (?!(?:von|dieser|mehr)\b)(?<value>[^,.;!?\n]{2,60})/iu,
  },
  {
    kind: 'instruction',
    confidence: 0.85,
    pattern:
      /^(?:bitte )?(?:benutze?|verwende?|nutze?|schreibe?|antworte?|gib|mach)(?: mir)?(?: bitte)? (?:keine?n?|nie(?:mals)?|nicht)(?!\p{L})[^?]{3,120}(?:es sei denn|außer(?: wenn)?|solange|wenn),? (?:ich|du)(?!\p{L})[^?]{3,80}/iu,
  },
  {
    kind: 'instruction',
    confidence: 0.55,
    alone: true,
    pattern:
      /^(?:bitte )?(?:benutze?|verwende?|nutze?)(?: bitte)? keine?n? (?:Emojis?|Smileys|Aufzählungs(?:zeichen|punkte)|Stichpunkte|Listen|Überschriften|Markdown|Tabellen|Gedankenstriche|Fachbegriffe|Fachjargon|Anglizismen|Floskeln|Ausrufezeichen|Fettschrift|Kursivschrift|Fremdwörter|Abkürzungen|Füllwörter)(?!\p{L})[^?]{0,9}$/iu,
  },
];
