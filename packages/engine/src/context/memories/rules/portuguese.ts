/** What people say of themselves in Portuguese, simply, as rules. Data; see `memory-rule.ts`. */
import { given, type MemoryRule, named, rest } from './memory-rule.ts';

const adverbs = `(?: (?:agora|atualmente|também|ainda|recentemente|já))*`;

export const portuguese: readonly MemoryRule[] = [
  {
    kind: 'fact',
    attribute: 'home',
    text: 'Mora em {value}',
    confidence: 0.85,
    pattern: new RegExp(
      String.raw`(?<!\p{L})(?:(?:[Ee]u )?(?:[Mm]oro|[Vv]ivo)|[Ee]stou (?:morando|a viver|vivendo))${adverbs} (?:em|no|na|nos|nas) ${named}`,
      'u',
    ),
  },
  {
    kind: 'fact',
    attribute: 'home',
    text: 'Mora em {value}',
    confidence: 0.8,
    pattern: new RegExp(
      String.raw`(?<!\p{L})(?:[Ee]u )?(?:[Mm]e mudei|[Mm]udei-me|[Mm]udei)${adverbs} (?:para|pra)(?: o| a)? ${named}`,
      'u',
    ),
  },
  {
    kind: 'fact',
    attribute: 'employer',
    text: 'Trabalha em {value}',
    confidence: 0.8,
    pattern: new RegExp(
      String.raw`(?<!\p{L})(?:[Ee]u )?[Tt]rabalho${adverbs} (?:em|no|na|para(?: a| o)?) ${named}`,
      'u',
    ),
  },
  {
    kind: 'fact',
    attribute: 'occupation',
    text: 'Trabalha como {value}',
    confidence: 0.75,
    pattern:
      /(?<!\p{L})(?:trabalho como|sou) (?<value>médic[oa]|enfermeir[oa]|professora?|advogad[oa]|engenheir[oa]|desenvolvedora?|programadora?|estudante|arquitet[oa]|cozinheir[oa]|jornalista|contadora?|tradutora?|músic[oa]|designer|dentista|veterinári[oa]|psicólog[oa])(?!\p{L})/iu,
  },
  {
    kind: 'fact',
    attribute: 'name',
    text: 'Chama-se {value}',
    confidence: 0.85,
    pattern: new RegExp(String.raw`(?<!\p{L})(?:[Mm]eu nome é|[Oo] meu nome é|[Cc]hamo-me|[Mm]e chamo) ${named}`, 'u'),
  },
  {
    kind: 'fact',
    attribute: 'age',
    text: 'Tem {value} anos',
    confidence: 0.8,
    pattern: /(?<!\p{L})tenho (?<value>\d{1,2}) anos(?! de)/iu,
  },
  {
    kind: 'fact',
    attribute: 'allergy:{value}',
    says: 'yes',
    text: 'É alérgico a {value}',
    confidence: 0.9,
    pattern: new RegExp(String.raw`(?<!\p{L})sou (?:muito )?alérgic[oa] (?:a|à|ao|aos|às) ${rest}`, 'iu'),
  },
  {
    kind: 'fact',
    attribute: 'diet',
    text: 'Come {value}',
    confidence: 0.85,
    pattern: /(?<!\p{L})(?:sou|virei|tornei-me) (?<value>vegetarian[oa]|vegan[oa]|celíac[oa])(?!\p{L})/iu,
  },
  {
    kind: 'relation',
    text: '{What}: {value}',
    confidence: 0.85,
    pattern: new RegExp(
      String.raw`(?<!\p{L})(?:[Aa] |[Oo] )?[Mm](?:inha|eu) (?<what>esposa|mulher|marido|filha|filho|irmã|irmão|mãe|pai|namorada|namorado|parceira|parceiro|chefe|cachorro|cachorra|gato|gata|cão)(?: se chama| chama-se| é(?: a| o)?|,)? ${given}(?=[ ,.;!]|$)`,
      'u',
    ),
  },
  {
    kind: 'goal',
    text: 'Quer {value}',
    confidence: 0.75,
    pattern: /(?<!\p{L})(?:o )?meu (?:objetivo|sonho) é (?<value>[^.;!?\n]{4,120})/iu,
  },
  { kind: 'preference', confidence: 0.75, pattern: /(?<!\p{L})(?:eu )?(?:prefiro|preferiria) [^.;!?\n]{3,160}/iu },
  {
    kind: 'preference',
    attribute: 'likes:{value}',
    says: 'yes',
    text: 'Gosta de {value}',
    confidence: 0.65,
    pattern:
      /(?<!\p{L})(?<!não )(?:eu )?(?:gosto|adoro)(?: muito)? (?:de |da |do |das |dos )?(?!(?:isso|disso|desta ideia|da ideia|que|como)(?!\p{L}))(?<value>[^,.;!?\n]{2,60})/iu,
  },
  {
    kind: 'instruction',
    confidence: 0.85,
    pattern:
      /^(?:por favor,? )?(?:responda|responde|escreva|escreve|use|usa|utilize|dê-me|explique|fale|fala)\p{L}* (?:sempre|a partir de agora|por padrão|daqui em diante)(?!\p{L})[^?]{3,200}/iu,
  },
  {
    kind: 'instruction',
    confidence: 0.85,
    pattern:
      /^(?:sempre|nunca|a partir de agora|daqui em diante|no futuro)[, ]+(?:responda|responde|escreva|escreve|use|usa|utilize|inclua|inclui|fale|fala|me dê|dê)\p{L}*[^?]{3,200}/iu,
  },
];
