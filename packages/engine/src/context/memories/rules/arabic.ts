/** What people say of themselves in Arabic, simply, as rules. Data; see `memory-rule.ts`. Words end where letters and their points end. */
import { givenNames } from '../../profiles/names-of-scripts.ts';
import type { MemoryRule } from './memory-rule.ts';

const start = '(?<![\\p{L}\\p{M}])';
const end = '(?![\\p{L}\\p{M}])';
const now = '(?:(?:الآن|حاليا|حاليًا|منذ \\S+) )?';
const place = '(?<value>(?!مدينة|بيت|شقة|هذا|هذه)[\\p{L}\\p{M}]{2,20}(?: ال[\\p{L}\\p{M}]{2,20})?)';
const one = '(?<value>[\\p{L}\\p{M}]{2,20})';
const words = '(?<value>[^،,.؛;!؟?\\n]{2,40})';
const kin = 'زوجتي|زوجي|ابنتي|بنتي|ابني|أمي|أبي|أخي|أختي|مديري|مديرتي|خطيبتي|خطيبي';
/** In a clause that denies, the verb stands behind one of these. */
const never = '(?<!(?:لا|لم|لن|لست|ما|ليس|كنت) )';

const said = (source: string): RegExp => new RegExp(`${start}${never}(?:${source})`, 'u');

export const arabic: readonly MemoryRule[] = [
  {
    kind: 'relation',
    text: '{what}: {value}',
    confidence: 0.75,
    pattern: new RegExp(`${start}(?<what>${kin}) (?<value>${givenNames.ar?.join('|')})${end}`, 'u'),
  },
  {
    kind: 'fact',
    attribute: 'home',
    text: 'يسكن في {value}',
    confidence: 0.85,
    pattern: said(`(?:أنا )?(?:أعيش|أسكن|أقيم|اسكن|اعيش) ${now}(?:في|ب) ?(?:مدينة )?${place}${end}`),
  },
  {
    kind: 'fact',
    attribute: 'home',
    text: 'يسكن في {value}',
    confidence: 0.8,
    pattern: said(`(?:انتقلت|انتقلنا) (?:مؤخرا |مؤخرًا )?(?:للعيش )?(?:إلى|الى) (?:مدينة )?${place}${end}`),
  },
  {
    kind: 'fact',
    attribute: 'birthplace',
    text: 'وُلد في {value}',
    confidence: 0.85,
    pattern: said(`(?:ولدت|وُلدت) (?:ونشأت )?في (?:مدينة )?${place}${end}`),
  },
  {
    kind: 'fact',
    attribute: 'employer',
    text: 'يعمل في {value}',
    confidence: 0.75,
    pattern: said(`(?:أنا )?(?:أعمل|اعمل) ${now}(?:في|لدى|مع) (?:شركة|بنك|مستشفى|جامعة) ${one}${end}`),
  },
  {
    kind: 'fact',
    attribute: 'occupation',
    text: 'المهنة: {value}',
    confidence: 0.75,
    pattern: said(
      `(?:أنا|أعمل|انا) (?:ك)?(?<value>ممرضة?|طبيبة?|معلمة?|مدرسة?|مهندسة?|محامية?|محام|محاسبة?|صيدلانية?|مبرمجة?|مصممة?|مترجمة?|صحفية?|طالبة?|طباخة?|سائق)${end}`,
    ),
  },
  {
    kind: 'fact',
    attribute: 'name',
    text: 'الاسم: {value}',
    confidence: 0.85,
    pattern: said(`اسمي (?!ليس)${one}${end}`),
  },
  {
    kind: 'fact',
    attribute: 'age',
    text: 'العمر: {value}',
    confidence: 0.8,
    pattern: said('عمري (?<value>[\\d٠-٩]{1,2}) (?:سنة|عاما|عامًا|سنوات)'),
  },
  {
    kind: 'fact',
    attribute: 'allergy:{value}',
    says: 'yes',
    text: 'حساسية من {value}',
    confidence: 0.9,
    pattern: said(`(?:لدي|عندي) حساسية (?:شديدة )?(?:من|تجاه|ضد) ${words}`),
  },
  {
    kind: 'fact',
    attribute: 'diet',
    text: 'الغذاء: {value}',
    confidence: 0.85,
    pattern: said(`(?:أنا|انا) (?<value>نباتي|نباتية)${end}`),
  },
  {
    kind: 'fact',
    attribute: 'eats:{value}',
    says: 'no',
    text: 'لا يأكل {value}',
    confidence: 0.8,
    pattern: new RegExp(
      `${start}(?:لا آكل|لا أشرب|لا أستطيع أكل) (?<value>لحم الخنزير|اللحم|اللحوم|السمك|البيض|الحليب|المكسرات|الغلوتين|السكر|القهوة|الحار)${end}`,
      'u',
    ),
  },
  {
    kind: 'relation',
    text: '{what}: {value}',
    confidence: 0.85,
    pattern: said(`(?:اسم (?<what>${kin})(?: هو)? ${one}|(?<what>${kin}) اسمها? ${one})${end}`),
  },
  {
    kind: 'relation',
    text: '{value}',
    confidence: 0.75,
    pattern: said('(?:لدي|عندي) (?<value>طفلان|ولدان|ابنتان|ثلاثة أطفال|ثلاث بنات|أربعة أطفال)'),
  },
  {
    kind: 'fact',
    text: '{value}',
    confidence: 0.8,
    pattern: said(
      `(?:(?:أنا|انا) (?<value>أعسر|عسراء|مصاب بالسكري|مصابة بالسكري)|(?:لدي|عندي) (?<value>السكري|ضغط مرتفع|ربو))${end}`,
    ),
  },
  {
    kind: 'fact',
    attribute: 'smoking',
    says: 'quit',
    text: 'ترك التدخين',
    confidence: 0.8,
    pattern: said(`(?:أقلعت عن|تركت|توقفت عن) التدخين${end}`),
  },
  {
    kind: 'goal',
    text: 'الهدف: {value}',
    confidence: 0.75,
    pattern: said(
      '(?:هدفي|حلمي)(?: هذا العام| هذه السنة)?(?: هو)? (?<value>(?:أن|تعلم|شراء|إنهاء|خسارة|الحصول) ?[^.،؛!؟\\n]{3,60})',
    ),
  },
  {
    kind: 'preference',
    attribute: 'likes:{value}',
    says: 'yes',
    text: 'يحب {value}',
    confidence: 0.65,
    pattern: said(`(?:أنا )?أحب (?!أن|هذا|هذه|ذلك|كيف|عندما|فكر)${words}`),
  },
  {
    kind: 'preference',
    attribute: 'likes:{value}',
    says: 'no',
    text: 'لا يحب {value}',
    confidence: 0.7,
    pattern: new RegExp(`${start}(?:لا أحب|أكره) (?!أن|هذا|هذه|ذلك|كيف|عندما)${words}`, 'u'),
  },
  {
    kind: 'preference',
    confidence: 0.7,
    pattern: said('(?:أنا )?أفضل (?:الإجابات|الأجوبة|الردود|الشرح) [^.،؛!؟\\n]{2,60}'),
  },
  {
    kind: 'instruction',
    confidence: 0.85,
    pattern:
      /^(?:من فضلك،? )?(?:(?:أجب|أجبني|اكتب|استخدم|استعمل|خاطبني|ناديني) دائم[اًا]+ |(?:دائم[اًا]+|من الآن فصاعدا|من الآن فصاعدًا)،? (?:أجب|أجبني|اكتب|استخدم|استعمل|خاطبني|ناديني|لا تستخدم) )[^؟?\n]{2,120}/u,
  },
  {
    kind: 'instruction',
    confidence: 0.55,
    alone: true,
    pattern:
      /^(?:من فضلك،? )?لا (?:تستخدم|تستعمل|تضع) (?:الرموز التعبيرية|رموزا تعبيرية|القوائم|الجداول|العناوين|الإيموجي)[.!]?$/u,
  },
];
