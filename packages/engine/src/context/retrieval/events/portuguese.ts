/** Events in Portuguese: "antes de me mudar para o Porto", "no dia depois do casamento", "desde que trabalho na Acme". Data; pure. */
import { countWord } from '../times/time-words.ts';
import { clauseEnd, type EventForms, edge, either, inClause, notFirst } from './event-forms.ts';

const far = `(?:(?:(?<count>\\p{L}+|${countWord})\\s+)?(?<unit>dias?|semanas?|m[êe]s(?:es)?|anos?)\\s+)?`;
/** First persons of what is past: "me mudei", "nos casámos", "saí do banco". */
const past = `(?:(?:eu|nós|a\\s+gente)\\s+)?(?:me\\s+|nos\\s+)?(?:tinha(?:mos)?\\s+\\p{L}+[aei]do|(?<verb>\\p{L}+(?:ei|i|í|amos|ámos|emos|imos)(?:-(?:me|nos))?)|fui|fomos|tive|tivemos|vim|fiz|(?:\\p{Lu}\\p{L}+\\s+(?:se\\s+)?\\p{L}+(?:ou|eu|iu)))(?!\\p{L})`;
const clause = `(?<event>${past}(?:\\s${inClause}{1,80})?)${clauseEnd}`;
const doing = `(?:(?:eu\\s+)?(?:me\\s+|nos\\s+)?(?:mudar|casar|formar|aposentar|reformar|divorciar)(?:-(?:me|nos))?|começar|deixar|sair|terminar|acabar|comprar|vender|visitar|voltar|ir\\s+embora|trocar|entrar|chegar)`;
const happenings = `mudança|casamento|divórcio|separação|término|nascimento|batizado|enterro|morte|operação|cirurgia|acidente|diagnóstico|demissão|despedimento|promoção|contratação|exame|prova|faculdade|defesa|entrevista|férias|viagem|licença|obras?|reforma|compra|venda|conferência|congresso|feira|maratona|corrida|festa|aniversário|concerto|show|curso|estágio|reunião|encontro|pandemia|quarentena|greve|aposentadoria`;
const named = `(?:\\s+(?:a|para|em|de|do|da|no|na|com)\\s+\\p{Lu}[\\p{L}-]+)?`;
const thing = `(?<event>(?:(?:o|a|os|as)\\s+)?(?:meus?|minhas?|nossos?|nossas?|o|a|os|as|este|esta)\\s+(?:${happenings})(?!\\p{L})${named})`;
/** "Do casamento", "da minha operação": the article hangs on what is before it. */
const ofThing = `(?:d[oa]s?|de)\\s+(?<event>(?:(?:meus?|minhas?|nossos?|nossas?)\\s+)?(?:${happenings})(?!\\p{L})${named})`;
const asking = /^(?:diss|cont|mencion|pergunt|fal|escrev|expli)/u;
const pattern = (body: string) => new RegExp(`${edge}${body}`, 'gu');
const beside = (word: string) => `${far}${either(word)}\\s+`;

export const portuguese: EventForms = {
  tried: /(?<!\p{L})(?:antes|depois|após|desde|quando|durante)(?!\p{L})/iu,
  asksHowLong: /(?<!\p{L})(?:quanto\s+tempo|quant[oa]s\s+(?:dias|semanas|meses|anos|horas))(?!\p{L})/iu,
  isOne: (_, verb) => !asking.test(verb),
  forms: [
    {
      side: 'before',
      pattern: pattern(`${beside('antes')}de\\s+(?<event>${doing}(?:\\s${inClause}{1,80})?)${clauseEnd}`),
    },
    { side: 'before', pattern: pattern(beside('antes') + ofThing) },
    { side: 'after', pattern: pattern(`${beside('depois')}(?:de\\s+)?que\\s+${clause}`) },
    {
      side: 'after',
      pattern: pattern(`${beside('depois')}de\\s+(?<event>${doing}(?:\\s${inClause}{1,80})?)${clauseEnd}`),
    },
    { side: 'after', pattern: pattern(beside('depois') + ofThing) },
    { side: 'after', pattern: pattern(`${beside('após')}${thing}`) },
    { side: 'since', pattern: pattern(`${either('desde')}\\s+que\\s+(?<event>${inClause}{3,80})${clauseEnd}`) },
    { side: 'since', pattern: pattern(`${either('desde')}\\s+${thing}`) },
    { side: 'at', pattern: pattern(`${notFirst}${either('quando')}\\s+${clause}`) },
    { side: 'at', pattern: pattern(`${either('durante')}\\s+${thing}`) },
  ],
};
