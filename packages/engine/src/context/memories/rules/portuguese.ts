/** What people say of themselves in Portuguese, simply, as rules. Data; see `memory-rule.ts`. */
import { given, type MemoryRule, named, person, rest, unlessAfter } from './memory-rule.ts';

const adverbs = `(?: (?:agora|atualmente|também|ainda|recentemente|já))*`;

const rules: readonly MemoryRule[] = [
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
      String.raw`(?<!\p{L})(?<!(?:de|do|um|o|meu|seu|este|ao|outro|novo) )(?:[Ee]u )?[Tt]rabalho${adverbs} (?:em|no|na|para(?: a| o)?) ${named}`,
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
      String.raw`(?<!\p{L})(?:[Aa] |[Oo] )?(?:[Mm](?:inha|eu)|[Nn]oss[oa]) (?:nov[oa] )?(?<what>esposa|mulher|marido|filha|filho|irmã|irmão|mãe|pai|namorada|namorado|parceira|parceiro|cachorro|cachorra|gato|gata|cão)(?: se chama| chama-se| é(?: a| o)?|,)? ${person}(?=[ ,.;!]|$)`,
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
  {
    kind: 'fact',
    attribute: 'home',
    says: 'not {value}',
    text: 'Já não mora em {value}',
    confidence: 0.8,
    pattern: new RegExp(
      String.raw`(?<!\p{L})(?:[Jj]á não (?:moro|vivo)|[Nn]ão (?:moro|vivo) mais) (?:em|no|na|nos|nas) ${named}`,
      'u',
    ),
  },
  {
    kind: 'fact',
    attribute: 'birthplace',
    text: 'Nasceu em {value}',
    confidence: 0.85,
    pattern: new RegExp(String.raw`(?<!\p{L})(?:[Ee]u )?[Nn]asci (?:em|no|na|nos|nas) ${named}`, 'u'),
  },
  {
    kind: 'fact',
    attribute: 'employer',
    says: 'not {value}',
    text: 'Já não trabalha em {value}',
    confidence: 0.8,
    pattern: new RegExp(
      String.raw`(?<!\p{L})(?:[Jj]á não trabalho|[Nn]ão trabalho mais) (?:como \p{L}+ )?(?:em|no|na|para(?: a| o)?) ${named}`,
      'u',
    ),
  },
  {
    kind: 'fact',
    attribute: 'employer',
    says: 'self',
    text: 'Trabalha por conta própria',
    confidence: 0.8,
    pattern:
      /(?<!\p{L})(?:agora )?(?:trabalho (?:agora )?por conta própria|trabalho para mim mesm[oa]|sou (?:agora )?(?:autônom[oa]|trabalhadora? independente|freelancer))(?=[ ,.;!]|$)/iu,
  },
  {
    kind: 'fact',
    attribute: 'diet',
    says: 'not {value}',
    text: 'Já não é {value}',
    confidence: 0.8,
    pattern: /(?<!\p{L})(?:já não sou|não sou mais|deixei de ser) (?<value>vegetarian[oa]|vegan[oa])(?!\p{L})/iu,
  },
  {
    kind: 'fact',
    attribute: 'diet',
    text: 'Come {value}',
    confidence: 0.8,
    pattern:
      /(?<!\p{L})(?:voltei a comer|como (?:outra vez|de novo|novamente)) (?<value>carne|peixe|de tudo)(?!\p{L})/iu,
  },
  {
    kind: 'fact',
    attribute: 'eats:{value}',
    says: 'no',
    text: 'Não come {value}',
    confidence: 0.8,
    pattern:
      /(?<!\p{L})(?:não posso (?:comer|tomar|beber)|não como) (?<value>glúten|carne|porco|peixe|mariscos?|frutos do mar|laticínios|lactose|ovos?|nozes|trigo|açúcar|leite|álcool|amendoim|soja)(?!\p{L})/iu,
  },
  {
    kind: 'relation',
    text: 'Tem {value}',
    confidence: 0.8,
    pattern:
      /(?<!\p{L})(?:[Tt]enho|[Tt]emos) (?<value>(?:dois|duas|três|quatro|cinco|\d) (?:filhos|filhas|gatos|gatas|cães|cachorros|cadelas|irmãos|irmãs)(?:,|:| chamad[oa]s| que se chamam) (?:(?:o|a) )?\p{Lu}[\p{L}'’-]+(?:, (?:(?:o|a) )?\p{Lu}[\p{L}'’-]+)* e (?:(?:o|a) )?\p{Lu}[\p{L}'’-]+)(?=[ ,.;!]|$)/gu,
  },
  {
    kind: 'relation',
    text: '{What}: {value}',
    confidence: 0.8,
    pattern: new RegExp(
      String.raw`(?<!\p{L})(?:[Tt]enho|[Tt]emos) uma? (?<what>cão|cachorro|cachorra|cadela|gato|gata|filho|filha|irmão|irmã) (?:chamad[oa]|que se chama|de nome) ${given}`,
      'gu',
    ),
  },
  {
    kind: 'fact',
    text: 'É {value}',
    confidence: 0.8,
    pattern:
      /(?<!\p{L})sou (?<value>canhot[oa]|destr[oa]|ambidestr[oa]|daltónic[oa]|daltônic[oa]|surd[oa]|intolerante à lactose|disléxic[oa]|diabétic[oa]|asmátic[oa])(?=[ ,.;!]|$)/iu,
  },
  {
    kind: 'fact',
    attribute: 'smoking',
    says: 'quit',
    text: 'Deixou de fumar',
    confidence: 0.8,
    pattern:
      /(?<!\p{L})(?:(?:parei|deixei) de fumar|já não fumo|não fumo mais|antes eu fumava|eu fumava,? mas (?:parei|deixei))(?!\p{L})/iu,
  },
  {
    kind: 'goal',
    text: 'Quer {value}',
    confidence: 0.7,
    pattern:
      /(?<!\p{L})(?:quero|gostaria de|gostava de|pretendo|espero|vou|planejo|planeio) (?<value>(?:aprender (?:inglês|alemão|francês|espanhol|italiano|português|japonês|chinês|turco|russo|árabe|a (?:nadar|tocar|dirigir|conduzir|cozinhar|dançar))|correr (?:uma?|a|o|minha|a minha) (?:primeira )?(?:meia[- ])?maratona|comprar (?:uma|um) (?:casa|apartamento|carro)|(?:parar|deixar) de fumar|perder \d+ (?:kg|quilos?))(?!\p{L})[^.,;!?\n]{0,80})/iu,
  },
  {
    kind: 'goal',
    text: 'Meta: {value}',
    confidence: 0.65,
    pattern:
      /^(?:(?:a |o )?minha |(?:o )?meu )?(?:próxim[oa] |grande )+(?:meta|objetivo): (?<value>[^.;!?\n]{4,120})/iu,
  },
  {
    kind: 'preference',
    attribute: 'likes:{value}',
    says: 'no',
    text: 'Não gosta de {value}',
    confidence: 0.7,
    pattern:
      /(?<!\p{L})(?:(?:eu )?não gosto(?: nada| muito)?|(?:eu )?(?:odeio|detesto)) (?:de |da |do |das |dos )?(?!(?:isso|disso|disto|dess[ea]s?|dest[ea]s?|ess[ea]s?|est[ea]s?|ideia|que|como|quando|nada)(?!\p{L}))(?<value>[^,.;!?\n]{2,60})/iu,
  },
  {
    kind: 'instruction',
    confidence: 0.85,
    pattern:
      /^(?:por favor,? )?não (?:uses?|utilizes?|escrevas?|respondas?|ponhas?|inclua|dês?)(?!\p{L})[^?]{3,120}(?:a menos que|a não ser que|salvo se|exceto se) (?:eu |te |lhe )*(?:peça|diga|pedir|disser)[^?]{0,80}/iu,
  },
  {
    kind: 'instruction',
    confidence: 0.55,
    alone: true,
    pattern:
      /^(?:por favor,? )?não (?:uses?|utilizes?|ponhas?) (?:emojis?|emoticons|listas|tópicos|tabelas|títulos|markdown|negrito|itálico|jargão|anglicismos|abreviaturas|abreviações|exclamações)(?!\p{L})[^?]{0,9}$/iu,
  },
];

export const portuguese = unlessAfter('[Nn]ão|[Nn]unca|[Jj]amais|[Nn]em|[Nn]ão me|[Nn]ão eu', rules);
