/** What people say of themselves in Russian, simply, as rules. Data; see `memory-rule.ts`. */
import { givenNames } from '../../profiles/names-of-scripts.ts';
import { type MemoryRule, unlessAfter } from './memory-rule.ts';

const now = '(?:(?:сейчас|теперь|уже|пока|давно|с \\d{4} года) )*';
const end = '(?=[ ,.;:!?)]|$)';
const name = '(?<value>\\p{Lu}\\p{L}+(?:[- ]\\p{Lu}\\p{L}+){0,2})';
const words = '(?<value>[^,.;:!?\\n]{2,60})';
const kin =
  'жен[аыу]|муж|мужа|дочь|дочку|дочка|дочери|сын|сына|брат|брата|сестр[ау]|мам[ау]|пап[ау]|мать|отец|отца|начальник|начальника|начальниц[ау]|бабушк[ау]|дедушк[ау]';

/** Borders of words are those of any letters. */
const said = (source: string, flags = 'u'): RegExp => new RegExp(`(?<![\\p{L}])(?:${source})`, flags);

/** In the first case alone: "сын Петра" is somebody else's. */
const given = (givenNames.ru ?? []).join('|');

const rules: readonly MemoryRule[] = [
  {
    kind: 'relation',
    text: '{what}: {value}',
    confidence: 0.7,
    pattern: new RegExp(`^(?<what>жена|муж|сын|дочь|дочка|брат|сестра) (?<value>${given})${end}`, 'iu'),
  },
  {
    kind: 'fact',
    attribute: 'home',
    text: 'Живёт: {value}',
    confidence: 0.85,
    pattern: said(`(?:[Яя] )?${now}(?:[Жж]иву|[Пп]роживаю) ${now}(?:в|во|на) (?:городе )?${name}${end}`),
  },
  {
    kind: 'fact',
    attribute: 'home',
    text: 'Живёт: {value}',
    confidence: 0.8,
    pattern: said(
      `(?:(?:[Яя]|[Мм]ы) )?${now}(?:недавно |в \\p{L}+ )?(?:[Пп]ереехала?|[Пп]ереехали) (?:из \\p{Lu}\\p{L}+ )?(?:в|во|на) (?!новую|новый|другой|другую)${name}${end}`,
    ),
  },
  {
    kind: 'fact',
    attribute: 'birthplace',
    text: 'Место рождения: {value}',
    confidence: 0.85,
    pattern: said(`(?:[Яя] )?(?:[Рр]одился|[Рр]одилась) (?:и вырос(?:ла)? )?(?:в|во|на) (?:городе )?${name}${end}`),
  },
  {
    kind: 'fact',
    attribute: 'employer',
    text: 'Работает: {value}',
    confidence: 0.8,
    pattern: said(`(?:[Яя] )?${now}[Рр]аботаю ${now}(?:в|на) (?:компании |фирме )?${name}${end}`),
  },
  {
    kind: 'fact',
    attribute: 'employer',
    says: 'not {value}',
    text: 'Больше не работает: {value}',
    confidence: 0.8,
    pattern: said(`(?:[Яя] )?(?:[Бб]ольше|[Уу]же) не работаю (?:в|на) ${name}${end}`),
  },
  {
    kind: 'fact',
    attribute: 'employer',
    says: 'self',
    text: 'Работает на себя',
    confidence: 0.8,
    pattern: said(`(?:я )?${now}(?:работаю на себя|фрилансер|самозанят(?:ый|ая))${end}`, 'iu'),
  },
  {
    kind: 'fact',
    attribute: 'occupation',
    text: 'Профессия: {value}',
    confidence: 0.75,
    pattern: said(
      `(?:(?:я )?работаю (?<value>медсестрой|врачом|учителем|учительницей|программистом|инженером|юристом|бухгалтером|водителем|поваром|дизайнером|переводчиком|журналистом|архитектором|ветеринаром|психологом|аналитиком|продавцом|менеджером|воспитателем)|я (?:— |– |- )?(?<value>медсестра|врач|учитель|учительница|программист|инженер|юрист|бухгалтер|водитель|повар|дизайнер|переводчик|переводчица|журналист|архитектор|ветеринар|психолог|студент|студентка|пенсионер|пенсионерка))${end}`,
      'iu',
    ),
  },
  {
    kind: 'fact',
    attribute: 'name',
    text: 'Имя: {value}',
    confidence: 0.85,
    pattern: said(`(?:[Мм]еня зовут|[Мм]оё имя(?: —)?) ${name}${end}`),
  },
  {
    kind: 'fact',
    attribute: 'age',
    text: 'Возраст: {value}',
    confidence: 0.8,
    pattern: said(`мне (?:сейчас |уже )?(?<value>\\d{1,2}) (?:лет|год|года)${end}`, 'iu'),
  },
  {
    kind: 'fact',
    attribute: 'allergy:{value}',
    says: 'yes',
    text: 'Аллергия на {value}',
    confidence: 0.9,
    pattern: said(`у меня (?:сильная |тяжёлая )?аллергия на ${words}`, 'iu'),
  },
  {
    kind: 'fact',
    attribute: 'allergy:{value}',
    says: 'no',
    text: 'Нет аллергии на {value}',
    confidence: 0.8,
    pattern: said(`у меня нет аллергии на ${words}`, 'iu'),
  },
  {
    kind: 'fact',
    attribute: 'diet',
    text: 'Питание: {value}',
    confidence: 0.85,
    pattern: said(`я (?:— |– |- )?(?<value>вегетарианец|вегетарианка|веган|веганка)${end}`, 'iu'),
  },
  {
    kind: 'fact',
    attribute: 'diet',
    says: 'not {value}',
    text: 'Больше не {value}',
    confidence: 0.8,
    pattern: said(`я (?:больше|уже) не (?<value>вегетарианец|вегетарианка|веган|веганка)${end}`, 'iu'),
  },
  {
    kind: 'fact',
    attribute: 'eats:{value}',
    says: 'no',
    text: 'Без: {value}',
    confidence: 0.8,
    pattern: said(
      `(?:я (?:совсем |вообще )?(?:не ем|не пью)|мне нельзя) (?<value>мясо|свинину|говядину|рыбу|морепродукты|яйца|молоко|молочное|глютен|орехи|арахис|сахар|алкоголь|острое|кофе)${end}`,
      'iu',
    ),
  },
  {
    kind: 'relation',
    text: '{what}: {value}',
    confidence: 0.85,
    pattern: said(
      `(?:[Мм]о(?:я|ю|й|его)|[Нн]аш(?:а|у|его)?) (?<what>${kin}),? (?:зовут )?(?<value>\\p{Lu}\\p{L}+(?: \\p{Lu}\\p{L}+)?)${end}`,
    ),
  },
  {
    kind: 'relation',
    text: '{what}: {value}',
    confidence: 0.8,
    pattern: said(
      `[Уу] (?:меня|нас) (?:есть )?(?<what>собака|пёс|кот|кошка|дочь|дочка|сын|попугай|кролик)(?: по кличке| по имени|,)? (?<value>\\p{Lu}\\p{L}+)${end}`,
    ),
  },
  {
    kind: 'relation',
    text: 'Есть {value}',
    confidence: 0.75,
    pattern: said(
      `у (?:меня|нас) (?:есть )?(?<value>(?:двое|трое|четверо) детей|(?:два|три) сына|(?:две|три) дочери)${end}`,
      'iu',
    ),
  },
  {
    kind: 'fact',
    text: '{value}',
    confidence: 0.8,
    pattern: said(
      `(?:я (?<value>левша|правша|дальтоник|беременна)|у меня (?:есть )?(?<value>диабет(?: \\d типа)?|астма|гипертония|целиакия|непереносимость лактозы))${end}`,
      'iu',
    ),
  },
  {
    kind: 'fact',
    attribute: 'smoking',
    says: 'quit',
    text: 'Не курит больше',
    confidence: 0.8,
    pattern: said(`(?:я )?(?:в \\d{4}(?: году)? )?(?:бросила? курить|больше не курю)${end}`, 'iu'),
  },
  {
    kind: 'goal',
    text: 'Цель: {value}',
    confidence: 0.75,
    pattern: said(
      `моя (?:главная |следующая )?(?:цель|мечта)(?: на этот год)? (?:—|–|-|это) (?<value>[^.;!?\\n]{4,80})`,
      'iu',
    ),
  },
  {
    kind: 'goal',
    text: 'Цель: {value}',
    confidence: 0.7,
    pattern: said(
      `(?:я )?(?:хочу|планирую|собираюсь|мечтаю) (?:в этом году |в следующем году |к лету )?(?<value>(?:выучить \\p{L}+(?: язык)?|научиться (?:плавать|водить|рисовать|играть)|пробежать (?:полу)?марафон|купить (?:квартиру|дом|машину)|похудеть|бросить курить|сдать на права|сменить работу)[^.,;!?\\n]{0,40})`,
      'iu',
    ),
  },
  { kind: 'preference', confidence: 0.75, pattern: said('(?:я )?предпочитаю (?!эт|втор|перв)[^.;!?\\n]{3,120}', 'iu') },
  {
    kind: 'preference',
    attribute: 'likes:{value}',
    says: 'yes',
    text: 'Любит {value}',
    confidence: 0.65,
    pattern: said(
      `я (?:очень )?(?:люблю|обожаю) (?!(?:эт\\p{L}*|когда|как|тебя|вас|его|её|что|втор\\p{L}*|перв\\p{L}*)(?!\\p{L}))${words}`,
      'iu',
    ),
  },
  {
    kind: 'preference',
    attribute: 'likes:{value}',
    says: 'no',
    text: 'Не любит {value}',
    confidence: 0.7,
    pattern: said(
      `(?:я )?(?:не люблю|ненавижу|терпеть не могу) (?!(?:эт\\p{L}*|когда|как|тебя|вас|его|её|что|втор\\p{L}*|перв\\p{L}*)(?!\\p{L}))${words}`,
      'iu',
    ),
  },
  {
    kind: 'instruction',
    confidence: 0.85,
    pattern:
      /^(?:пожалуйста,? )?(?:всегда|впредь|отныне|с этого момента|по умолчанию)[, ]+(?:не )?(?:отвечай|пиши|используй|давай|объясняй|обращайся|называй|указывай|добавляй|говори)(?:те)?(?!\p{L})[^?\n]{2,160}/iu,
  },
  {
    kind: 'instruction',
    confidence: 0.85,
    pattern:
      /^(?:пожалуйста,? )?(?:отвечай|пиши|используй|объясняй|говори|обращайся ко мне|называй меня)(?:те)?(?: мне)? (?:всегда|по умолчанию)(?!\p{L})[^?\n]{2,160}/iu,
  },
  {
    kind: 'instruction',
    confidence: 0.55,
    alone: true,
    pattern:
      /^(?:пожалуйста,? )?не (?:используй|ставь|добавляй)(?:те)? (?:эмодзи|смайлики|списки|таблицы|заголовки|маркдаун|markdown|жирный шрифт|восклицательные знаки|жаргон|сокращения)(?!\p{L})[^?]{0,9}$/iu,
  },
];

/** What is denied here is one of the rules. */
const denials = new Set(['not {value}', 'no', 'quit']);
export const russian: readonly MemoryRule[] = [
  ...unlessAfter(
    '[Нн]е|[Нн]икогда|[Нн]и|[Уу]же не|[Бб]ольше не',
    rules.filter(({ says }) => !denials.has(says ?? '')),
  ),
  ...rules.filter(({ says }) => denials.has(says ?? '')),
];
