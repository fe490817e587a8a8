/** What people say of times, language by language, beside what they would say in English: the same interval at any moment and in any zone. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarIn } from '../calendar.ts';
import { asksLatest, timesIn } from '../question-time.ts';
import { asksOnlyTime } from '../read-question.ts';
import { timeTables } from './time-words.ts';

const english =
  `today · yesterday · the day before yesterday · last week · this week · last month · this month · last year · this year ·
last weekend · in March · in May 2023 · on 3 June 2023 · last spring · in summer 2021 · in 2023 · three weeks ago ·
two days ago · a month ago · a year ago · in the last seven days · on Monday · on Friday · the week before 16 November 2023 ·
the day after 2 May 2023 · three days after 2 May 2023 · since May 2023 · until May 2023 · at the end of September 2022 ·
at the beginning of July 2021 · in the second week of November 2023 · between 11 August 2023 and 15 August 2023 ·
on Friday of last week`.split(/ ·\s/);

/** In the order of the English ones. */
const said: Readonly<Record<string, string>> = {
  de: `heute · gestern · vorgestern · letzte Woche · diese Woche · letzten Monat · diesen Monat · letztes Jahr · dieses Jahr ·
letztes Wochenende · im März · im Mai 2023 · am 3. Juni 2023 · letzten Frühling · im Sommer 2021 · im Jahr 2023 ·
vor drei Wochen · vor zwei Tagen · vor einem Monat · vor einem Jahr · in den letzten sieben Tagen · am Montag · am Freitag ·
in der Woche vor dem 16. November 2023 · am Tag nach dem 2. Mai 2023 · drei Tage nach dem 2. Mai 2023 · seit Mai 2023 ·
bis Mai 2023 · Ende September 2022 · Anfang Juli 2021 · in der zweiten Woche im November 2023 ·
zwischen dem 11. August 2023 und dem 15. August 2023 · am Freitag der letzten Woche`,
  fr: `aujourd’hui · ce que nous avons dit hier · avant-hier · la semaine dernière · cette semaine · le mois dernier · ce mois ·
l’année dernière · cette année · le week-end dernier · en mars · en mai 2023 · le 3 juin 2023 · le printemps dernier ·
à l’été 2021 · en 2023 · il y a trois semaines · il y a deux jours · il y a un mois · il y a un an ·
ces sept derniers jours · lundi · vendredi · la semaine avant le 16 novembre 2023 · le jour après le 2 mai 2023 ·
trois jours après le 2 mai 2023 · depuis mai 2023 · jusqu’en mai 2023 · fin septembre 2022 · au début de juillet 2021 ·
la deuxième semaine de novembre 2023 · entre le 11 août 2023 et le 15 août 2023 · vendredi de la semaine dernière`,
  es: `hoy · ayer · anteayer · la semana pasada · esta semana · el mes pasado · este mes · el año pasado · este año ·
el fin de semana pasado · en marzo · en mayo de 2023 · el 3 de junio de 2023 · la primavera pasada · en el verano de 2021 ·
en 2023 · hace tres semanas · hace dos días · hace un mes · hace un año · en los últimos siete días · el lunes · el viernes ·
la semana antes del 16 de noviembre de 2023 · el día después del 2 de mayo de 2023 ·
tres días después del 2 de mayo de 2023 · desde mayo de 2023 · hasta mayo de 2023 · a finales de septiembre de 2022 ·
a principios de julio de 2021 · en la segunda semana de noviembre de 2023 ·
entre el 11 de agosto de 2023 y el 15 de agosto de 2023 · el viernes de la semana pasada`,
  pt: `hoje · ontem · anteontem · na semana passada · esta semana · no mês passado · este mês · o ano passado · este ano ·
no fim de semana passado · em março · em maio de 2023 · no dia 3 de junho de 2023 · na primavera passada · no verão de 2021 ·
em 2023 · há três semanas · dois dias atrás · há um mês · há um ano · nos últimos sete dias · na segunda-feira · na sexta ·
na semana antes de 16 de novembro de 2023 · no dia depois de 2 de maio de 2023 · três dias depois de 2 de maio de 2023 ·
desde maio de 2023 · até maio de 2023 · no fim de setembro de 2022 · no início de julho de 2021 ·
na segunda semana de novembro de 2023 · entre 11 de agosto de 2023 e 15 de agosto de 2023 ·
na sexta-feira da semana passada`,
  it: `oggi · ieri · l’altro ieri · la settimana scorsa · questa settimana · il mese scorso · questo mese · l’anno scorso ·
quest’anno · lo scorso fine settimana · a marzo · nel maggio 2023 · il 3 giugno 2023 · la scorsa primavera ·
nell’estate del 2021 · nel 2023 · tre settimane fa · due giorni fa · un mese fa · un anno fa · negli ultimi sette giorni ·
lunedì · venerdì · la settimana prima del 16 novembre 2023 · il giorno dopo il 2 maggio 2023 ·
tre giorni dopo il 2 maggio 2023 · dal maggio 2023 · fino a maggio 2023 · alla fine di settembre 2022 ·
all’inizio di luglio 2021 · nella seconda settimana di novembre 2023 · tra l’11 agosto 2023 e il 15 agosto 2023 ·
venerdì della settimana scorsa`,
  nl: `vandaag · gisteren · eergisteren · vorige week · deze week · vorige maand · deze maand · vorig jaar · dit jaar ·
afgelopen weekend · in maart · in mei 2023 · op 3 juni 2023 · afgelopen lente · in de zomer van 2021 · in 2023 ·
drie weken geleden · twee dagen geleden · een maand geleden · een jaar geleden · in de afgelopen zeven dagen · op maandag ·
op vrijdag · in de week voor 16 november 2023 · de dag na 2 mei 2023 · drie dagen na 2 mei 2023 · sinds mei 2023 ·
wat we zeiden tot mei 2023 · eind september 2022 · begin juli 2021 · in de tweede week van november 2023 ·
tussen 11 augustus 2023 en 15 augustus 2023 · vrijdag van vorige week`,
  ru: `сегодня · вчера · позавчера · на прошлой неделе · на этой неделе · в прошлом месяце · в этом месяце · в прошлом году ·
в этом году · в прошлые выходные · в марте · в мае 2023 · 3 июня 2023 года · прошлой весной · летом 2021 года · в 2023 году ·
три недели назад · два дня назад · месяц назад · год назад · за последние семь дней · в понедельник · в пятницу ·
за неделю до 16 ноября 2023 · на следующий день после 2 мая 2023 · через три дня после 2 мая 2023 · после мая 2023 ·
до мая 2023 · в конце сентября 2022 года · в начале июля 2021 · на второй неделе ноября 2023 ·
между 11 августа 2023 и 15 августа 2023 · в пятницу на прошлой неделе`,
  ar: `اليوم · أمس · أول أمس · الأسبوع الماضي · هذا الأسبوع · الشهر الماضي · هذا الشهر · العام الماضي · هذه السنة ·
نهاية الأسبوع الماضية · في مارس · في مايو 2023 · في ٣ يونيو ٢٠٢٣ · الربيع الماضي · في صيف 2021 · في عام 2023 ·
قبل ثلاثة أسابيع · قبل يومين · منذ شهر · قبل سنة · في آخر سبعة أيام · يوم الاثنين · يوم الجمعة ·
في الأسبوع قبل 16 نوفمبر 2023 · في اليوم بعد 2 مايو 2023 · ثلاثة أيام بعد 2 مايو 2023 · بعد مايو 2023 · حتى مايو 2023 ·
في نهاية سبتمبر 2022 · في بداية يوليو 2021 · في الأسبوع الثاني من نوفمبر 2023 · بين 11 أغسطس 2023 و15 أغسطس 2023 ·
الجمعة من الأسبوع الماضي`,
  hi: `आज · कल · परसों · पिछले हफ़्ते · इस हफ्ते · पिछले महीने · इस महीने · पिछले साल · इस साल · पिछले सप्ताहांत · मार्च में ·
मई 2023 में · 3 जून 2023 को · पिछले वसंत में · गर्मियों 2021 में · साल 2023 में · तीन हफ्ते पहले · दो दिन पहले ·
एक महीने पहले · एक साल पहले · पिछले सात दिनों में · सोमवार को · शुक्रवार को · 16 नवंबर 2023 से पहले के हफ्ते में ·
2 मई 2023 के बाद के दिन · 2 मई 2023 के तीन दिन के बाद · मई 2023 से · मई 2023 तक · सितंबर 2022 के अंत में ·
जुलाई 2021 की शुरुआत में · नवंबर 2023 के दूसरे हफ्ते में · 11 अगस्त 2023 और 15 अगस्त 2023 के बीच · शुक्रवार को पिछले हफ्ते`,
  zh: `今天 · 昨天 · 前天 · 上周 · 这周 · 上个月 · 这个月 · 去年 · 今年 · 上周末 · 三月 · 2023年5月 · 2023年6月3日 · 去年春天 · 2021年夏天 · 2023年 · 三周前 · 两天前 · 一个月前 ·
一年前 · 过去七天 · 星期一 · 周五 · 2023年11月16日前一周 · 2023年5月2日的次日 · 2023年5月2日后三天 · 2023年5月以来 · 2023年5月为止 · 2022年9月底 · 2021年7月初 ·
2023年11月第二周 · 从2023年8月11日到2023年8月15日 · 上周五`,
  ja: `今日 · 昨日 · 一昨日 · 先週 · 今週 · 先月 · 今月 · 去年 · 今年 · 先週末 · 3月に · 2023年5月に · 2023年6月3日に · 去年の春 · 2021年の夏 · 2023年に · 3週間前 · 二日前 ·
1ヶ月前 · 一年前 · 過去七日間 · 月曜日に · 金曜日に · 2023年11月16日の前の週 · 2023年5月2日の翌日 · 2023年5月2日の3日後 · 2023年5月以降 · 2023年5月まで · 2022年9月末 ·
2021年7月上旬 · 2023年11月の第二週 · 2023年8月11日から2023年8月15日まで · 先週の金曜日`,
  ko: `오늘 · 어제 · 그저께 · 지난주에 · 이번 주 · 지난달 · 이번 달 · 작년에 · 올해 · 지난 주말 · 3월에 · 2023년 5월에 · 2023년 6월 3일 · 작년 봄 · 2021년 여름 · 2023년에 ·
3주 전에 · 이틀 전 · 한 달 전 · 1년 전 · 지난 7일 · 월요일에 · 금요일에 · 2023년 11월 16일 전 주 · 2023년 5월 2일 다음 날 · 2023년 5월 2일 3일 후 · 2023년 5월부터 ·
2023년 5월까지 · 2022년 9월 말 · 2021년 7월 초 · 2023년 11월 둘째 주 · 2023년 8월 11일부터 2023년 8월 15일까지 · 지난주 금요일`,
};

const linesOf = (language: string): string[] => (said[language] ?? '').split(/ ·\s/);
const spans = (text: string, nowMs: number, zone: string) => timesIn(text, { nowMs, zone }).map((time) => time.spans);

const moments = fc.integer({ min: Date.UTC(2023, 6, 1), max: Date.UTC(2031, 0, 1) });
const zones = fc.constantFrom('UTC', 'Europe/Lisbon', 'Asia/Tokyo', 'America/Los_Angeles', 'Asia/Kolkata');

/**
 * Chinese, Japanese and Korean name a spring by its year ("last year's"), English means the last that is over: before summer they are one.
 * @param zone where the day is told
 */
const isBeforeSummer = (nowMs: number, zone: string): boolean => calendarIn(zone).dayOf(nowMs).month < 6;

describe.each(Object.keys(timeTables).filter((language) => language !== 'en'))('times in %s', (language) => {
  const lines = linesOf(language);

  it('has a phrase for each English one', () => expect(lines).toHaveLength(english.length));

  it.each(english.map((phrase, i) => [lines[i] ?? '', phrase] as const))('“%s” is “%s”', (own, phrase) => {
    fc.assert(
      fc.property(moments, zones, (nowMs, zone) => {
        const byYear = phrase === 'last spring' && ['zh', 'ja', 'ko'].includes(language);
        fc.pre(!byYear || isBeforeSummer(nowMs, zone));
        expect(spans(own, nowMs, zone)).toEqual(spans(phrase, nowMs, zone));
        expect(spans(own, nowMs, zone)).toHaveLength(1);
      }),
      { numRuns: 8 },
    );
  });
});

const nowMs = Date.parse('2024-01-20T12:00:00Z');

it.each([
  'uma conversa na cozinha',
  'o ano letivo',
  'il fa bemolle',
  'real estate of 2021',
  'Das Tier ist tot im Mai 20',
  'wat is dit voor een boom',
  'Приходи до обеда',
  'العربية لغة جميلة',
  'ما معنى اليوم التالي',
  'कला और संगीत',
  'पहले से बेहतर',
  '上海的天气',
  '日本の生活',
  '毎日の前',
  '회사 일 전부',
  '내일모레 회의',
])('no time is read from “%s”', (text) =>
  expect(timesIn(text, { nowMs, zone: 'UTC' }).filter(({ said }) => !/mai/i.test(said))).toEqual([]),
);

it.each([
  'O que discutimos na semana passada?',
  'Di cosa abbiamo parlato ieri?',
  'Wat hebben we vorige week besproken?',
  'О чём мы говорили на прошлой неделе?',
  'ماذا قلت أمس؟',
  'पिछले हफ्ते हमने क्या बात की?',
  '我们上周聊了什么?',
  '先週何を話しましたか?',
  '지난주에 우리가 무슨 얘기를 했지?',
])('“%s” asks for nothing but a time', (text) =>
  expect(asksOnlyTime(text, timesIn(text, { nowMs, zone: 'UTC' }))).toBe(true),
);

it.each([
  'Que plantas comprei na semana passada?',
  'Quali vini abbiamo assaggiato ieri?',
  'Welke fiets kochten we vorige week?',
  'Какой велосипед мы обсуждали на прошлой неделе?',
  'ماذا قلت أمس عن الدراجة؟',
  'पिछले हफ्ते हमने साइकिल पर क्या बात की?',
  '我们上周聊了什么自行车?',
  '先週自転車について何を話しましたか?',
  '지난주에 우리가 자전거에 대해 무슨 얘기를 했지?',
])('“%s” asks for more', (text) => expect(asksOnlyTime(text, timesIn(text, { nowMs, zone: 'UTC' }))).toBe(false));

it.each([
  'Qual é o meu endereço atual?',
  'Qual è il mio indirizzo attuale?',
  'Wat is mijn huidige adres?',
  'Какой у меня сейчас адрес?',
  'ما هو عنواني الحالي؟',
  'मेरा वर्तमान पता क्या है?',
  '我现在的地址是什么?',
  '私の現在の住所は?',
  '현재 내 주소는?',
])('“%s” asks for how things are now', (text) => expect(asksLatest(text)).toBe(true));

describe('the one before the last, and half a year', () => {
  const nowMs = Date.parse('2025-06-18T12:00:00Z');
  const spanOf = (text: string) =>
    timesIn(text, { nowMs, zone: 'UTC' })
      .flatMap(({ spans }) => spans)
      .map(({ fromMs, toMs }) => [fromMs, toMs].map((ms) => new Date(ms).toISOString().slice(0, 10)).join(' '));

  it.each([
    ['the week before last', '2025-06-02 2025-06-09'],
    ['vorletzte Woche', '2025-06-02 2025-06-09'],
    ['l’avant-dernière semaine', '2025-06-02 2025-06-09'],
    ['la semana antepasada', '2025-06-02 2025-06-09'],
    ['na semana retrasada', '2025-06-02 2025-06-09'],
    ['на позапрошлой неделе', '2025-06-02 2025-06-09'],
    ['上上周', '2025-06-02 2025-06-09'],
    ['先々週', '2025-06-02 2025-06-09'],
    ['上上个月', '2025-04-01 2025-05-01'],
    ['一昨年', '2023-01-01 2024-01-01'],
    ['vorletzten Sommer', '2023-06-01 2023-09-01'],
    ['vorvorgestern', '2025-06-15 2025-06-16'],
    ['大前天', '2025-06-15 2025-06-16'],
    ['さきおととい', '2025-06-15 2025-06-16'],
    ['half a year ago', '2024-12-01 2025-01-01'],
    ['vor einem halben Jahr', '2024-12-01 2025-01-01'],
    ['hace medio año', '2024-12-01 2025-01-01'],
    ['há meio ano', '2024-12-01 2025-01-01'],
    ['mezzo anno fa', '2024-12-01 2025-01-01'],
    ['полгода назад', '2024-12-01 2025-01-01'],
    ['半年前', '2024-12-01 2025-01-01'],
  ])('%s', (text, span) => expect(spanOf(text)).toEqual([span]));
});
