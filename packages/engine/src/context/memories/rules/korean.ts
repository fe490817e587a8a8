/**
 * What people say of themselves in Korean, simply, as rules. Data; see `memory-rule.ts`. Who is spoken of is mostly left out, so that a
 * rule begins where its clause does and lets no other subject in.
 */
import { givenNames } from '../../profiles/names-of-scripts.ts';
import type { MemoryRule } from './memory-rule.ts';

const self = '(?:(?:참고로|사실|그리고),? )?(?:(?:저는|나는|전|난|제가|내가|저희는|우리는) )?';
const now = '(?:(?:지금은?|현재|요즘|작년에|올해|최근에|지난달에|얼마 전에) )?';
const end = '(?=[.,!~\\s]|는데|지만|고 |$)';
const one = '(?<value>[가-힣A-Za-z0-9&.-]{1,16})';
const be = '(?:이에요|예요|입니다|이야|야|에요)';
const kin =
  '아내|남편|딸|아들|큰딸|작은딸|큰아들|작은아들|엄마|아빠|어머니|아버지|형|누나|오빠|언니|동생|여동생|남동생|여자친구|남자친구|상사|팀장님|강아지|고양이';

const said = (source: string, flags = 'u'): RegExp => new RegExp(source, flags);

export const korean: readonly MemoryRule[] = [
  {
    kind: 'relation',
    text: '{what}: {value}',
    confidence: 0.75,
    pattern: said(
      `^(?:(?:제|내|우리|저희) )?(?<what>${kin}) (?<value>${givenNames.ko?.join('|')})(?=이?(?:가|는|은|를|을|랑|도|와|과)? )`,
    ),
  },
  {
    kind: 'fact',
    attribute: 'home',
    text: '{value}에 산다',
    confidence: 0.85,
    pattern: said(
      `^${self}${now}(?!여기|거기|어디|집|기숙사|아파트|시골|혼자)${one}에(?:서)? (?:살아요|살고 있어요|살고 있습니다|살고 있다|삽니다|산다|살아|거주합니다|거주하고 있습니다|거주하고 있어요)${end}`,
    ),
  },
  {
    kind: 'fact',
    attribute: 'home',
    text: '{value}에 산다',
    confidence: 0.8,
    pattern: said(
      `^${self}${now}(?:[가-힣]{1,8}에서 )?(?!집|새집|여기|거기)(?<value>[가-힣A-Za-z]{1,12}?)(?:으로|로|에) (?:이사했|이사 왔|이사왔|이사 갔|이사갔)(?:어요|습니다|다)${end}`,
    ),
  },
  {
    kind: 'fact',
    attribute: 'birthplace',
    text: '{value}에서 태어났다',
    confidence: 0.85,
    pattern: said(`^${self}${one}(?:에서 태어났(?:어요|습니다|다)| 출신${be})${end}`),
  },
  {
    kind: 'fact',
    attribute: 'employer',
    text: '{value}에서 일한다',
    confidence: 0.8,
    pattern: said(
      `^${self}${now}(?!집|회사|재택|병원|카페|식당|공장|학교|학원|대학|여기|거기|어디|밤|혼자|헬스장|수영장|교회|어린이집|유치원|요가|피아노)${one}(?:에서 (?:일해요|일하고 있어요|일하고 있습니다|일합니다|근무해요|근무합니다|근무하고 있습니다|근무하고 있어요)|에 (?:다녀요|다니고 있어요|다니고 있습니다|다닙니다))${end}`,
    ),
  },
  {
    kind: 'fact',
    attribute: 'employer',
    says: 'not {value}',
    text: '더는 {value}에서 일하지 않는다',
    confidence: 0.8,
    pattern: said(
      `^${self}${now}(?:이제 )?(?!회사|일|학교)(?<value>[가-힣A-Za-z0-9&.-]{1,16}?)[을를] (?:퇴사했|그만뒀|그만두었)(?:어요|습니다|다)${end}`,
    ),
  },
  {
    kind: 'fact',
    attribute: 'occupation',
    text: '{value}로 일한다',
    confidence: 0.75,
    pattern: said(
      `^${self}${now}(?:초등학교 |중학교 |고등학교 |프리랜서 )?(?<value>간호사|의사|교사|선생님|개발자|디자이너|변호사|회계사|약사|보육교사|미용사|요리사|대학생|대학원생|공무원|회사원|주부|번역가|작가|연구원|농부|치과의사|수의사|기자|건축가|엔지니어)(?:${be}|로 일해요|로 일하고 있어요|로 일합니다|로 일하고 있습니다)${end}`,
    ),
  },
  {
    kind: 'fact',
    attribute: 'name',
    text: '이름은 {value}',
    confidence: 0.85,
    pattern: said(`^(?:제|내) 이름은 (?<value>[가-힣]{2,4}?|\\p{Lu}\\p{L}+)${be}${end}`),
  },
  {
    kind: 'fact',
    attribute: 'age',
    text: '{value}살',
    confidence: 0.8,
    pattern: said(`^${self}(?:올해 )?(?<value>\\d{1,2})(?:살${be}|세입니다)${end}`),
  },
  {
    kind: 'fact',
    attribute: 'allergy:{value}',
    says: 'yes',
    text: '{value} 알레르기가 있다',
    confidence: 0.9,
    pattern: said(
      `^${self}(?:심한 )?(?<value>[가-힣]{1,10}?)(?:에)? ?(?:알레르기|알러지)가 (?:심하게 )?(?:있어요|있습니다|있어|심해요)${end}`,
    ),
  },
  {
    kind: 'fact',
    attribute: 'allergy:{value}',
    says: 'no',
    text: '{value} 알레르기는 없다',
    confidence: 0.8,
    pattern: said(`^${self}(?<value>[가-힣]{1,10}?)(?:에)? ?(?:알레르기|알러지)[는가] (?:없어요|없습니다|없어)${end}`),
  },
  {
    kind: 'fact',
    attribute: 'diet',
    text: '{value}',
    confidence: 0.85,
    pattern: said(`^${self}${now}(?<value>채식주의자|비건|페스코)${be}${end}`),
  },
  {
    kind: 'fact',
    attribute: 'diet',
    says: 'not {value}',
    text: '더는 {value} 아님',
    confidence: 0.8,
    pattern: said(
      `^${self}(?:이제|더 이상) (?<value>채식주의자|비건|페스코)[가이] 아니(?:에요|예요|야)${end}|^${self}(?:이제|더 이상) (?<value>채식주의자|비건)[가이] 아닙니다${end}`,
    ),
  },
  {
    kind: 'fact',
    attribute: 'eats:{value}',
    says: 'no',
    text: '{value} 안 먹음',
    confidence: 0.8,
    pattern: said(
      `^${self}(?<value>돼지고기|소고기|닭고기|고기|생선|해산물|새우|게|달걀|계란|우유|유제품|글루텐|밀가루|견과류|땅콩|고수|오이|술|커피|매운 음식|매운 것)(?:은|는|을|를)? (?:못|안) (?:먹어요|먹습니다|먹어|마셔요|마십니다|마셔)${end}`,
    ),
  },
  {
    kind: 'relation',
    text: '{what}: {value}',
    confidence: 0.85,
    pattern: said(`^(?:제|내|우리|저희) (?<what>${kin}) 이름은 (?<value>[가-힣]{1,4}?|\\p{Lu}\\p{L}+)${be}${end}`),
  },
  {
    kind: 'relation',
    text: '{what}: {value}',
    confidence: 0.75,
    pattern: said(
      `^(?:제|내|우리|저희) (?<what>${kin}) (?!고양이|아이[가는]|어린이|강아지)(?<value>[가-힣]{2})이(?:가|는|를|랑|도) `,
    ),
  },
  {
    kind: 'relation',
    text: '{what}: {value}',
    confidence: 0.8,
    pattern: said(
      `^${self}(?<value>[가-힣]{1,6}?)(?:이?라는) (?<what>강아지|고양이|개|토끼|앵무새)[를을] (?:키워요|키우고 있어요|키웁니다|키우고 있습니다)${end}`,
    ),
  },
  {
    kind: 'relation',
    text: '{value} 있음',
    confidence: 0.75,
    pattern: said(
      `^${self}(?<value>(?:아이|딸|아들)[이가] (?:하나|둘|셋|한 명|두 명|세 명|\\d명)) ?(?:있어요|있습니다|있어)${end}`,
    ),
  },
  {
    kind: 'fact',
    text: '{value}',
    confidence: 0.8,
    pattern: said(`^${self}(?<value>왼손잡이|오른손잡이|양손잡이|색맹|임신 중|당뇨|고혈압)${be}${end}`),
  },
  {
    kind: 'fact',
    attribute: 'smoking',
    says: 'quit',
    text: '담배를 끊었다',
    confidence: 0.8,
    pattern: said(`^${self}(?:작년에 |올해 |\\d{4}년에 )?담배(?:를)? 끊었(?:어요|습니다|어|다)${end}`),
  },
  {
    kind: 'goal',
    text: '목표: {value}',
    confidence: 0.75,
    pattern: said(
      `^(?:제|내|올해|내년|다음)? ?(?:목표|꿈)는 (?<value>[^.!?\\n]{3,60}?)(?:는 것|는 거)?(?:입니다|이에요|예요)${end}|^(?:제|내) 꿈은 (?<value>[^.!?\\n]{3,60}?)(?:는 것|는 거)?(?:입니다|이에요|예요)${end}`,
    ),
  },
  {
    kind: 'goal',
    text: '목표: {value}',
    confidence: 0.7,
    pattern: said(
      `^${self}(?:올해|내년에?|언젠가) (?:안에 |에는 |는 )?(?<value>[^.!?,\\n]{2,40}(?:합격하고|이사하고|이직하고|창업하고|완주하고|뛰고|배우고|사고|끊고|빼고)) 싶(?:어요|습니다|어)${end}`,
    ),
  },
  {
    kind: 'preference',
    attribute: 'likes:{value}',
    says: 'yes',
    text: '{value} 좋아함',
    confidence: 0.65,
    pattern: said(
      `^${self}(?!이걸|그걸|이거|그거|이것|그것|두 번째|첫 번째|뭐|어떤)(?<value>[가-힣A-Za-z]{1,12}(?: [가-힣A-Za-z]{1,10})?)[을를] (?:정말 |아주 |너무 |제일 |가장 )?좋아(?:해요|합니다|해)${end}`,
    ),
  },
  {
    kind: 'preference',
    attribute: 'likes:{value}',
    says: 'no',
    text: '{value} 싫어함',
    confidence: 0.7,
    pattern: said(
      `^${self}(?!이걸|그걸|이거|그거|이것|그것|두 번째|첫 번째|뭐|어떤)(?<value>[가-힣A-Za-z]{1,12}(?: [가-힣A-Za-z]{1,10})?)[을를] (?:정말 |아주 |너무 |제일 |가장 )?(?:싫어(?:해요|합니다|해)|안 좋아해요|좋아하지 않아요|좋아하지 않습니다)${end}`,
    ),
  },
  {
    kind: 'preference',
    confidence: 0.75,
    pattern: said(`^${self}(?!이|그|두 번째|첫 번째)[가-힣A-Za-z ]{2,30}[을를] (?:더 )?선호(?:해요|합니다)`),
  },
  {
    kind: 'instruction',
    confidence: 0.85,
    pattern: said(
      `^(?:앞으로(?:는)?|항상|언제나|늘|매번)[, ]+[^.?\\n]{2,80}(?:해 ?줘|해 ?주세요|해 ?주십시오|써 ?줘|써 ?주세요|알려 ?줘|알려 ?주세요|하세요|마세요|말아 ?줘|말아 ?주세요|불러 ?줘|불러 ?주세요|부탁(?:해요|드려요|합니다|드립니다))`,
    ),
  },
  {
    kind: 'instruction',
    confidence: 0.55,
    alone: true,
    pattern: said(
      `^(?:이모지|이모티콘|표|글머리 기호|목록|제목|굵은 글씨|마크다운|존댓말|반말|전문 용어|영어|느낌표)(?:는|은|를|을)? (?:쓰지|사용하지|넣지) (?:마|말아)(?:세요| ?줘| ?주세요|요)?[.!]?$`,
    ),
  },
];
