/** What somebody is to the person who writes, in scripts without capitals: `roles.ts` there. Data, and one rule. Pure. */
import type { Role } from './roles.ts';
import type { ScriptName } from './script-name.ts';
import { type Script, scriptOf } from './script-of.ts';

/** Each role of `roles.ts` with what it is called. Words that say "mine" stand before them, or at their end, or are left out. */
export const roleNouns: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ja: {
    wife: '妻|嫁|家内',
    husband: '夫|旦那|主人',
    girlfriend: '彼女',
    boyfriend: '彼氏',
    mother: '母',
    father: '父',
    son: '息子|長男|次男',
    daughter: '娘|長女|次女',
    brother: '兄|弟',
    sister: '姉|妹',
    grandmother: '祖母',
    grandfather: '祖父',
    boss: '上司',
    dog: '愛犬|犬',
    cat: '愛猫|猫',
  },
  zh: {
    wife: '妻子|老婆|太太',
    husband: '丈夫|老公',
    girlfriend: '女朋友',
    boyfriend: '男朋友',
    mother: '妈妈|母亲|媽媽',
    father: '爸爸|父亲',
    son: '儿子|兒子',
    daughter: '女儿|女兒',
    brother: '哥哥|弟弟',
    sister: '姐姐|妹妹',
    grandmother: '奶奶|外婆|姥姥',
    grandfather: '爷爷|外公|姥爷',
    boss: '老板|老闆',
    dog: '狗狗|小狗',
    cat: '猫咪|小猫',
  },
  ko: {
    wife: '아내|와이프',
    husband: '남편',
    girlfriend: '여자친구',
    boyfriend: '남자친구',
    mother: '엄마|어머니',
    father: '아빠|아버지',
    son: '아들|큰아들|작은아들',
    daughter: '딸|큰딸|작은딸',
    brother: '형|오빠|남동생',
    sister: '누나|언니|여동생',
    grandmother: '할머니',
    grandfather: '할아버지',
    boss: '상사',
    dog: '강아지|반려견',
    cat: '고양이|반려묘',
  },
  ar: {
    wife: 'زوجتي',
    husband: 'زوجي',
    mother: 'أمي|والدتي',
    father: 'أبي|والدي',
    son: 'ابني',
    daughter: 'ابنتي|بنتي',
    brother: 'أخي',
    sister: 'أختي',
    grandmother: 'جدتي',
    grandfather: 'جدي',
    boss: 'مديري|مديرتي',
    dog: 'كلبي',
    cat: 'قطتي|قطي',
  },
  hi: {
    wife: 'पत्नी',
    husband: 'पति',
    mother: 'माँ|मां',
    father: 'पिता|पापा',
    son: 'बेटे|बेटा',
    daughter: 'बेटी',
    brother: 'भाई',
    sister: 'बहन',
    grandmother: 'दादी|नानी',
    grandfather: 'दादा|नाना',
    dog: 'कुत्ते|कुत्ता',
    cat: 'बिल्ली',
  },
};

/** Whom one names by a role beside those of {@link roleNouns}: there may be several of them. */
const others: Readonly<Record<string, string>> = {
  ja: '義母|義父|義姉|義兄|友人|友達|同僚|後輩|先輩|姪|甥|いとこ',
  zh: '婆婆|公公|岳母|岳父|朋友|同事|表姐|表哥|表妹|表弟|侄子|外甥|外教|孩子|宝宝',
  ko: '시어머니|장모님|친구|동료|조카|사촌|아이|아기',
  ar: 'حماتي|حماي|صديقي|صديقتي|زميلي|زميلتي|خالتي|عمتي|عمي|خالي|جاري|جارتي',
  hi: 'सास|ससुर|दोस्त|सहेली|भतीजे|भतीजी|चाचा|चाची|मामा|मामी|पड़ोसी|बच्चे',
};

/** Roles that may stand before a name, by language, the longer first. */
export const rolesBefore: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(roleNouns).map(([language, nouns]) => [
    language,
    `${Object.values(nouns).join('|')}|${others[language]}`
      .split('|')
      .sort((a, b) => b.length - a.length)
      .join('|'),
  ]),
);

/** A role right before a name: "娘の", "儿子", "딸 ", "ابنتي ", "बेटे ". */
const before = new Map(
  Object.entries(roleNouns).flatMap(([language, nouns]) =>
    Object.entries(nouns).map(
      ([role, words]) => [`${language} ${role}`, new RegExp(`(?:${words})(?:の|叫|名叫| )?$`, 'u')] as const,
    ),
  ),
);
/** And where it says that it is one's own, without a name. */
const mine: Readonly<Record<Script, (words: string) => string>> = {
  ja: (words) => `(?:私|僕|俺|うち)の(?:${words})(?![の\\p{Script=Han}])`,
  zh: (words) => `我(?:家|的)?(?:${words})`,
  ko: (words) => `(?<![가-힣])(?:제|내|우리) (?:${words})`,
  ar: (words) => `(?<![\\p{L}])(?:${words})(?![\\p{L}])`,
  hi: (words) => `(?:मेरी|मेरे|मेरा|हमारी|हमारे) (?:${words})(?![\\p{L}\\p{M}])`,
};
const own = new Map(
  Object.entries(roleNouns).flatMap(([language, nouns]) =>
    Object.entries(nouns).map(
      ([role, words]) => [`${language} ${role}`, new RegExp(mine[language as Script](words), 'u')] as const,
    ),
  ),
);

/** In Russian, where "my" goes without saying: "сын Миша", "жене Лене". */
const russian: readonly (readonly [role: string, words: string])[] = [
  ['wife', 'жен(?:а|ы|е|у|ой)'],
  ['husband', 'муж(?:а|у|ем|е)?'],
  ['son', 'сын(?:а|у|ом|е)?'],
  ['daughter', 'доч(?:ь|ери|ерью|ка|ку|ке|кой)'],
  ['mother', 'мам(?:а|ы|е|у|ой)|мать'],
  ['father', 'пап(?:а|ы|е|у|ой)|отец|отца'],
  ['brother', 'брат(?:а|у|ом|е)?'],
  ['sister', 'сестр(?:а|ы|е|у|ой)'],
  ['boss', 'начальник(?:а|у|ом)?|начальниц(?:а|ы|е|у|ей)'],
  ['dog', 'собак(?:а|и|е|у|ой)|п[её]с'],
  ['cat', 'кот(?:а|у|ом)?|кошк(?:а|и|е|у|ой)'],
];
const inRussian = russian.map(
  ([role, words]) => [role, new RegExp(String.raw`(?<!\p{L})(?:${words}) (?<name>\p{L}+)`, 'giu')] as const,
);

/** @param named the names the text says */
export function rolesBeside(text: string, named: readonly ScriptName[]): Role[] {
  const script = scriptOf(text);
  if (script === null) return /[а-яё]/.test(text) ? rolesInRussian(text) : [];
  const found: Role[] = [];
  for (const role of Object.keys(roleNouns[script] ?? {})) {
    const pattern = before.get(`${script} ${role}`);
    const holder = named.find(
      ({ type, start }) => type === 'person' && pattern?.test(text.slice(Math.max(0, start - 12), start)),
    );
    if (holder !== undefined) found.push({ role, name: holder.key });
    else if (own.get(`${script} ${role}`)?.test(text) === true) found.push({ role, name: null });
  }
  return found;
}

const rolesInRussian = (text: string): Role[] =>
  inRussian.flatMap(([role, pattern]) =>
    [...text.matchAll(pattern)].flatMap(({ groups }) =>
      // The pattern knows no case, and a name has its capital.
      /^\p{Lu}\p{Ll}/u.test(groups?.name ?? '') ? [{ role, name: groups?.name ?? null }] : [],
    ),
  );
