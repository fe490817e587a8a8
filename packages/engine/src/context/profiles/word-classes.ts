/**
 * What a word can be by its ending, in languages whose words carry it there: verbs and particles name nothing. Pure; knows
 * endings and no words, so that a word it never saw is judged alike.
 */

/** How much of a word may stand in a phrase. `name`: alone too; `part`: beside another only; `none`: not at all. */
export type Standing = 'name' | 'part' | 'none';

const cyrillic = /^[\u0400-\u04ff-]+$/;
const arabic = /^[\u0600-\u06ff]+$/;
/** What is known has its article; without one an Arabic word names something beside another only. */
export const arabicArticle = /^(?:[وفبك]?ال|لل)(?=.{2})/;
const devanagari = /^[\u0900-\u097f]+$/;
const hindiVerb = /(?:ना|ूँ|ूं|ूँगा|ेगा|ेगी|ेंगे|ाएँ|ाएं|ाया|ाई|वाया|वाएँ|ाकर|इए|िए|ाता|ाती|ाते|ीजिए|ोएँ)$/;
/** Nouns that end as verbs do. */
const hindiNouns = new Set(
  'खाना गाना सोना महीना नमूना दाना पुदीना कारखाना खज़ाना थाना पसीना घराना ज़माना जुर्माना मिठाई पढ़ाई लड़ाई सफाई सफ़ाई दवाई कढ़ाई सिलाई ऊँचाई लंबाई रजाई कमाई भाई शक्कर चक्कर डॉक्टर'.split(
    ' ',
  ),
);
const hangul = /^[\uac00-\ud7af]+$/;
const slavicVerb =
  /(?:ть|ться|тся|ете|ёте|ите|ешь|ишь|аем|яем|аю|яю|ают|яют|ает|яет|ется|ются|ался|алась|али|ила|или|или|ило|ать|ити)$/;
const slavicAdjective = /(?:ый|ий|ой|ая|яя|ое|ее|ые|ие|ого|его|ому|ему|ых|их|ыми|ими|ную|ую|юю)$/;
/** Nouns that end as adjectives do. */
const slavicNoun =
  /(?:ние|ние|тие|ние|ствие|рий|гий|лий|ний|мий|бой|строй|музей|здоровье|рие|лие|(?:английск|немецк|французск|испанск|итальянск|китайск|японск|корейск|русск|турецк|арабск)ий)$/;

/** Particles that follow a noun, longest first; what is left has to be a word. */
const particles =
  /(?<=[\uac00-\ud7af]{2})(?:에서는|에게서|으로는|에서|에게|에는|으로|까지|부터|처럼|보다|한테|께서|이나|이랑|라고|은|는|을|를|이|가|와|과|도|의|에|로|만)$/;
/** After a syllable that ends in a consonant stands one of these, after another one of those. */
const afterConsonant = /^(?:은|을|이|과|으로|으로는|이나|이랑)$/;
const afterVowel = /^(?:는|를|가|와|라고)$/;
/** A word may end so too: "곰팡이", "제주도". It is taken for a particle only where the sentence goes on. */
const doubtful = /^(?:이|도|의|가|만|로|과|와)$/;
/** Of two syllables the second is a particle: what is left says too little. */
const shortNoun = /^[\uac00-\ud7af](?:을|를|은|는|이)$/;
const notShort = new Set(
  '가을 마을 노을 고을 먹이 길이 놀이 종이 높이 깊이 넓이 풀이 벌이 나이 차이 아이 오이 사이 고이 파이 타이'.split(' '),
);
/** Nouns of the land that end as "too" does. */
const lands = /(?:제주|강원|경기|충청|전라|경상|독|울릉|거제|강화)도$/;

const endsInConsonant = (syllable: string): boolean => (syllable.charCodeAt(0) - 0xac00) % 28 !== 0;

const koreanVerb =
  /(?:어요|아요|여요|해요|돼요|와요|줘요|워요|려요|셔요|세요|네요|나요|가요|까요|지요|죠|습니다|ㅂ니다|니다|니까|었다|았다|했다|한다|된다|이다|하고|하는|하게|하면|해서|려고|으면|싶어|들고|되고|되나|[가-힣]{2}(?:니|면|지만|는데|려면|면서|도록|거나|든지|더니|거든|자고|라고|다고)|(?:좋|나쁘|쉬우|어려우|같|높|낮|많|적|크|작)[은게고])$/;

/** Nouns that end as sentences do, or as verbs that go on. */
const notKoreanVerbs =
  /(?:필요|수요|중요|주요|개요|동요|담요|가요|민요|사이다|캐나다|바다|판다|소다|냉장고|광고|사고|창고|보고|참고|최고|원고|재고|경고|신고|학교|종교|동네)$/;
const isKoreanVerb = (word: string): boolean =>
  word.length > 1 &&
  !notKoreanVerbs.test(word) &&
  (koreanVerb.test(word) || /.요$|..(?:다|까|고|데)$|(?:[해아어워가와여라]|려)서$|(?:은|는|인|한)데$/.test(word));

/** A Korean verb made a noun: "끓이기"; what is to be done, and no part of what it is done to. */
export const isKoreanDoing = (word: string): boolean => /^[\uac00-\ud7af]{2,}기$/.test(word) && !doingNouns.has(word);
const doingNouns = new Set(
  '달리기 줄넘기 글쓰기 걷기 뜨개질하기 이야기 감기 전기 경기 연기 비행기 세탁기 청소기 냉장기 자전거기 아기 고기 돼지고기 소고기 닭고기 용기 위기 일기 장기 후기 초기 말기 시기 계기 분위기 받아쓰기 쓰레기 딸기 모기 무기 악기 향기 열기 습기 공기 인기 기기 복사기 계산기 변기 보기 학기 중기 단기 정기 동기 경찰기'.split(
    ' ',
  ),
);

export interface BareWord {
  readonly bare: string;
  /** What was tied to it ends what it is part of: "보험은 | 완전 자차". */
  readonly closes: boolean;
}

/** The word without what its language ties to its end. @param goesOn whether another word follows in its sentence */
export function bareWord(word: string, goesOn: boolean): BareWord {
  const whole = { bare: word, closes: false };
  if (!hangul.test(word) || lands.test(word)) return whole;
  if (shortNoun.test(word) && !notShort.has(word) && (goesOn || !word.endsWith('이')))
    return { bare: word.slice(0, 1), closes: true };
  const [particle] = particles.exec(word) ?? [];
  if (particle === undefined) return whole;
  const bare = word.slice(0, -particle.length);
  const consonant = endsInConsonant(bare.at(-1) ?? '');
  if ((afterConsonant.test(particle) && !consonant) || (afterVowel.test(particle) && consonant)) return whole;
  if (doubtful.test(particle) && !goesOn) return whole;
  return { bare, closes: true };
}

/** @param lower the word in lower case */
export function standingByEnding(lower: string): Standing {
  if (cyrillic.test(lower)) {
    if (lower.length < 3) return 'none';
    if (lower.length > 4 && slavicNoun.test(lower)) return 'name';
    if (lower.length > 4 && slavicVerb.test(lower)) return 'none';
    return lower.length > 4 && slavicAdjective.test(lower) ? 'part' : 'name';
  }
  if (hangul.test(lower)) return isKoreanVerb(lower) ? 'none' : 'name';
  if (arabic.test(lower)) return arabicArticle.test(lower) ? 'name' : 'part';
  if (devanagari.test(lower))
    return lower.length > 3 && hindiVerb.test(lower) && !hindiNouns.has(lower) ? 'none' : 'name';
  return 'name';
}

/** Whether a word of a script without spaces names something: Japanese verbs and adjectives end in hiragana, and nouns hardly. */
export const namesUnspaced = (segment: string): boolean =>
  /[\u30a0-\u30ff\u3400-\u9fff\u0e00-\u0e7f\p{Lu}]/u.test(segment) && !/[\u3041-\u309f]$/.test(segment);
