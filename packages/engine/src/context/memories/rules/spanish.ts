/** What people say of themselves in Spanish, simply, as rules. Data; see `memory-rule.ts`. */
import { given, type MemoryRule, named, person, rest, unlessAfter } from './memory-rule.ts';

const adverbs = `(?: (?:ahora|actualmente|también|todavía|recientemente|ya))*`;

const rules: readonly MemoryRule[] = [
  {
    kind: 'fact',
    attribute: 'home',
    text: 'Vive en {value}',
    confidence: 0.85,
    pattern: new RegExp(
      String.raw`(?<!\p{L})(?:(?:[Yy]o )?[Vv]ivo|[Rr]esido|[Ee]stoy viviendo)${adverbs} en ${named}`,
      'u',
    ),
  },
  {
    kind: 'fact',
    attribute: 'home',
    text: 'Vive en {value}',
    confidence: 0.8,
    pattern: new RegExp(
      String.raw`(?<!\p{L})[Mm]e (?:mudé|he mudado|trasladé|he trasladado)${adverbs} a ${named}`,
      'u',
    ),
  },
  {
    kind: 'fact',
    attribute: 'employer',
    text: 'Trabaja en {value}',
    confidence: 0.8,
    pattern: new RegExp(
      String.raw`(?<!\p{L})(?<!(?:de|del|un|el|mi|su|este|al|otro|nuevo) )(?:[Yy]o )?[Tt]rabajo${adverbs} (?:en|para) ${named}`,
      'u',
    ),
  },
  {
    kind: 'fact',
    attribute: 'occupation',
    text: 'Trabaja como {value}',
    confidence: 0.75,
    pattern:
      /(?<!\p{L})(?:trabajo como|soy) (?<value>médic[oa]|enfermer[oa]|profesora?|maestr[oa]|abogad[oa]|ingenier[oa]|desarrolladora?|programadora?|estudiante|arquitect[oa]|cociner[oa]|periodista|contadora?|traductora?|músic[oa]|diseñadora?|dentista|veterinari[oa]|psicólog[oa])(?!\p{L})/iu,
  },
  {
    kind: 'fact',
    attribute: 'name',
    text: 'Se llama {value}',
    confidence: 0.85,
    pattern: new RegExp(String.raw`(?<!\p{L})(?:[Mm]e llamo|[Mm]i nombre es) ${named}`, 'u'),
  },
  {
    kind: 'fact',
    attribute: 'age',
    text: 'Tiene {value} años',
    confidence: 0.8,
    pattern: /(?<!\p{L})tengo (?<value>\d{1,2}) años/iu,
  },
  {
    kind: 'fact',
    attribute: 'allergy:{value}',
    says: 'yes',
    text: 'Es alérgico a {value}',
    confidence: 0.9,
    pattern: new RegExp(String.raw`(?<!\p{L})soy (?:muy )?alérgic[oa] (?:a la|a los|a las|al|a) ${rest}`, 'iu'),
  },
  {
    kind: 'fact',
    attribute: 'diet',
    text: 'Come {value}',
    confidence: 0.85,
    pattern: /(?<!\p{L})(?:soy|me hice|me he hecho) (?<value>vegetarian[oa]|vegan[oa]|celíac[oa])(?!\p{L})/iu,
  },
  {
    kind: 'relation',
    text: '{What}: {value}',
    confidence: 0.85,
    pattern: new RegExp(
      String.raw`(?<!\p{L})(?:[Mm]i|[Nn]uestr[oa]) (?:nuev[oa] )?(?<what>esposa|mujer|marido|esposo|hija|hijo|hermana|hermano|madre|padre|novia|novio|pareja|doctora?|perro|perra|gato|gata)(?: se llama| es|,)? ${person}(?=[ ,.;!]|$)`,
      'u',
    ),
  },
  {
    kind: 'goal',
    text: 'Quiere {value}',
    confidence: 0.75,
    pattern: /(?<!\p{L})mi (?:objetivo|meta|sueño) es (?<value>[^.;!?\n]{4,120})/iu,
  },
  { kind: 'preference', confidence: 0.75, pattern: /(?<!\p{L})(?:yo )?(?:prefiero|preferiría) [^.;!?\n]{3,160}/iu },
  {
    kind: 'preference',
    attribute: 'likes:{value}',
    says: 'yes',
    text: 'Le gusta {value}',
    confidence: 0.65,
    pattern:
      /(?<!\p{L})(?<!no )me (?:gustan?|encantan?)(?: mucho)? (?!(?:esto|eso|esta idea|que|cómo|la idea|tu)(?!\p{L}))(?<value>[^,.;!?\n]{2,60})/iu,
  },
  {
    kind: 'instruction',
    confidence: 0.85,
    pattern:
      /^(?:por favor,? )?(?:responde|respóndeme|contesta|contéstame|escribe|usa|utiliza|dame|explica|explícame|háblame|habla)\p{L}* (?:siempre|a partir de ahora|por defecto|de ahora en adelante)(?!\p{L})[^?¿]{3,200}/iu,
  },
  {
    kind: 'instruction',
    confidence: 0.85,
    pattern:
      /^(?:siempre|nunca|de ahora en adelante|a partir de ahora|en el futuro)[, ]+(?:responde|contesta|escribe|usa|utiliza|uses|utilices|respondas|escribas|dame|me des|incluye|incluyas|habla|hables)\p{L}*[^?¿]{3,200}/iu,
  },
  {
    kind: 'fact',
    attribute: 'home',
    says: 'not {value}',
    text: 'Ya no vive en {value}',
    confidence: 0.8,
    pattern: new RegExp(String.raw`(?<!\p{L})[Yy]a no vivo en ${named}`, 'u'),
  },
  {
    kind: 'fact',
    attribute: 'birthplace',
    text: 'Nació en {value}',
    confidence: 0.85,
    pattern: new RegExp(String.raw`(?<!\p{L})(?:[Yy]o )?[Nn]ací en ${named}`, 'u'),
  },
  {
    kind: 'fact',
    attribute: 'employer',
    says: 'not {value}',
    text: 'Ya no trabaja en {value}',
    confidence: 0.8,
    pattern: new RegExp(String.raw`(?<!\p{L})[Yy]a no trabajo (?:como \p{L}+ )?(?:en|para)(?: el| la)? ${named}`, 'u'),
  },
  {
    kind: 'fact',
    attribute: 'employer',
    says: 'self',
    text: 'Trabaja por cuenta propia',
    confidence: 0.8,
    pattern:
      /(?<!\p{L})(?:ahora )?(?:trabajo (?:ahora )?por (?:mi )?cuenta(?: propia)?|soy (?:ahora )?(?:autónom[oa]|trabajadora? independiente|freelance))(?=[ ,.;!]|$)/iu,
  },
  {
    kind: 'fact',
    attribute: 'diet',
    says: 'not {value}',
    text: 'Ya no es {value}',
    confidence: 0.8,
    pattern: /(?<!\p{L})ya no soy (?<value>vegetarian[oa]|vegan[oa])(?!\p{L})/iu,
  },
  {
    kind: 'fact',
    attribute: 'diet',
    text: 'Come {value}',
    confidence: 0.8,
    pattern:
      /(?<!\p{L})(?:vuelvo a comer|he vuelto a comer|volví a comer|como (?:otra vez|de nuevo)) (?<value>carne|pescado|de todo)(?!\p{L})/iu,
  },
  {
    kind: 'fact',
    attribute: 'eats:{value}',
    says: 'no',
    text: 'No come {value}',
    confidence: 0.8,
    pattern:
      /(?<!\p{L})(?:no puedo (?:comer|tomar|beber)|no como) (?<value>gluten|carne|cerdo|pescado|mariscos?|lácteos|lactosa|huevos?|nueces|frutos secos|trigo|azúcar|leche|alcohol|cacahuetes|soja)(?!\p{L})/iu,
  },
  {
    kind: 'relation',
    text: 'Tiene {value}',
    confidence: 0.8,
    pattern:
      /(?<!\p{L})[Tt]en(?:go|emos) (?<value>(?:dos|tres|cuatro|cinco|\d) (?:hijos|hijas|gatos|gatas|perros|perras|hermanos|hermanas|niños|niñas)(?:,|:| llamad[oa]s| que se llaman) \p{Lu}[\p{L}'’-]+(?:, \p{Lu}[\p{L}'’-]+)* [ye] \p{Lu}[\p{L}'’-]+)(?=[ ,.;!]|$)/gu,
  },
  {
    kind: 'relation',
    text: '{What}: {value}',
    confidence: 0.8,
    pattern: new RegExp(
      String.raw`(?<!\p{L})[Tt]en(?:go|emos) una? (?<what>perro|perra|gato|gata|hijo|hija|hermano|hermana) (?:llamad[oa]|que se llama|de nombre) ${given}`,
      'gu',
    ),
  },
  {
    kind: 'fact',
    text: 'Es {value}',
    confidence: 0.8,
    pattern:
      /(?<!\p{L})soy (?<value>zurd[oa]|diestr[oa]|ambidiestr[oa]|daltónic[oa]|sord[oa]|intolerante a la lactosa|disléxic[oa]|diabétic[oa]|asmátic[oa])(?=[ ,.;!]|$)/iu,
  },
  {
    kind: 'fact',
    attribute: 'smoking',
    says: 'quit',
    text: 'Dejó de fumar',
    confidence: 0.8,
    pattern: /(?<!\p{L})(?:dejé de fumar|he dejado de fumar|ya no fumo|antes fumaba|fumaba,? pero lo dejé)(?!\p{L})/iu,
  },
  {
    kind: 'goal',
    text: 'Quiere {value}',
    confidence: 0.7,
    pattern:
      /(?<!\p{L})(?:quiero|me gustaría|planeo|espero|voy a|tengo pensado) (?<value>(?:aprender (?:inglés|alemán|francés|español|italiano|portugués|japonés|chino|turco|ruso|árabe|a (?:nadar|tocar|conducir|cocinar|bailar))|correr (?:una?|el|la|mi) (?:primera? )?(?:media )?maratón|comprar(?:me)? (?:una|un) (?:casa|piso|apartamento|coche)|dejar de fumar|perder \d+ (?:kg|kilos?))(?!\p{L})[^.,;!?\n]{0,80})/iu,
  },
  {
    kind: 'goal',
    text: 'Meta: {value}',
    confidence: 0.65,
    pattern: /^(?:mi )?(?:próxim[oa] |gran )+(?:meta|objetivo): (?<value>[^.;!?\n]{4,120})/iu,
  },
  {
    kind: 'preference',
    attribute: 'likes:{value}',
    says: 'no',
    text: 'No le gusta {value}',
    confidence: 0.7,
    pattern:
      /(?<!\p{L})(?:no me (?:gustan?|encantan?)(?: nada)?|odio|detesto) (?:las? |los |el )?(?!(?:esto|eso|est[ea]s?|es[ea]s?|que|cómo|idea|tu|cuando|nada|mucho)(?!\p{L}))(?<value>[^,.;!?\n]{2,60})/iu,
  },
  {
    kind: 'instruction',
    confidence: 0.85,
    pattern:
      /^(?:por favor,? )?no (?:uses|utilices|escribas|respondas|pongas|incluyas|des)(?!\p{L})[^?¿]{3,120}(?:a menos que|salvo que|a no ser que|excepto si) (?:te |yo |lo )*(?:pida|diga|solicite)[^?¿]{0,80}/iu,
  },
  {
    kind: 'instruction',
    confidence: 0.55,
    alone: true,
    pattern:
      /^(?:por favor,? )?no (?:uses|utilices|pongas) (?:emojis?|emoticonos|viñetas|listas|tablas|títulos|encabezados|markdown|negritas?|cursivas?|jerga|anglicismos|abreviaturas|exclamaciones)(?!\p{L})[^?¿]{0,9}$/iu,
  },
];

export const spanish = unlessAfter('[Nn]o|[Nn]unca|[Jj]amás|[Tt]ampoco|[Nn]o me|[Nn]o yo', rules);
