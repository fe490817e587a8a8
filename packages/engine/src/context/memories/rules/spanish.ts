/** What people say of themselves in Spanish, simply, as rules. Data; see `memory-rule.ts`. */
import { given, type MemoryRule, named, rest } from './memory-rule.ts';

const adverbs = `(?: (?:ahora|actualmente|también|todavía|recientemente|ya))*`;

export const spanish: readonly MemoryRule[] = [
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
    pattern: new RegExp(String.raw`(?<!\p{L})(?:[Yy]o )?[Tt]rabajo${adverbs} (?:en|para) ${named}`, 'u'),
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
      String.raw`(?<!\p{L})[Mm]i (?<what>esposa|mujer|marido|esposo|hija|hijo|hermana|hermano|madre|padre|novia|novio|pareja|jefa|jefe|perro|perra|gato|gata)(?: se llama| es|,)? ${given}(?=[ ,.;!]|$)`,
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
];
