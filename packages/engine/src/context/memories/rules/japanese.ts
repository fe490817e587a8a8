/**
 * What people say of themselves in Japanese, simply, as rules. Data; see `memory-rule.ts`. Who is spoken of is mostly left out, so that a
 * rule begins where its clause does and lets no other subject in: neither は nor が stands in what it takes.
 */
import { givenNames } from '../../profiles/names-of-scripts.ts';
import type { MemoryRule } from './memory-rule.ts';

const self = '(?:実は|ちなみに|なお|前提として)?[、,]?(?:(?:私|わたし|僕|ぼく|俺|自分|うち)(?:は|も|、))?';
const now = '(?:今は|現在は|いまは|今|現在|いま)?[、,]?';
const end = '(?=[。．、，,.!！\\s]|が、|が$|けど|ので|$)';
/** Neither a particle nor a mark: a name, mostly of ideographs and katakana. */
const word = '[^\\s、。，,.!！?？「」はがもをにでの]{1,16}';
const one = `(?<value>${word})`;
const called = '(?<value>[\\p{Script=Han}\\p{Script=Katakana}\\p{Script=Hiragana}ーA-Za-z]{1,10}?)';
const living = '(?:住んで(?:い)?(?:ます|る|おります)|暮らして(?:い)?(?:ます|る))';
const kin = '妻|夫|娘|息子|長女|長男|次女|次男|兄|姉|弟|妹|母|父|彼女|彼氏|婚約者|上司|祖母|祖父|犬|猫';

const said = (source: string, flags = 'u'): RegExp => new RegExp(source, flags);

export const japanese: readonly MemoryRule[] = [
  {
    kind: 'relation',
    text: '{what}: {value}',
    confidence: 0.75,
    pattern: said(`^(?:(?:私|僕|俺|うち)の)?(?<what>${kin})の(?<value>${givenNames.ja?.join('|')})(?=[はがもとを、])`),
  },
  {
    kind: 'fact',
    attribute: 'home',
    text: '{value}に住んでいる',
    confidence: 0.85,
    pattern: said(
      `^${self}${now}(?!実家|一人|田舎|ここ|そこ|どこ|家に|部屋|アパート|マンション|寮|社宅|都会)${one}に${living}${end}`,
    ),
  },
  {
    kind: 'fact',
    attribute: 'home',
    text: '{value}に住んでいる',
    confidence: 0.8,
    pattern: said(
      `^${self}(?:先月|先週|昨年|去年|今年|最近|春に|\\d+月に|\\d{4}年に)?[、,]?(?!新しい|別の|実家|新居)${one}に(?:引っ越しました|引越しました|引っ越した|移住しました|移住した|転居しました)${end}`,
    ),
  },
  {
    kind: 'fact',
    attribute: 'birthplace',
    text: '{value}で生まれた',
    confidence: 0.85,
    pattern: said(`^${self}${one}(?:で生まれました|で生まれた|生まれです|の?出身です)${end}`),
  },
  {
    kind: 'fact',
    attribute: 'employer',
    text: '{value}で働いている',
    confidence: 0.8,
    pattern: said(
      `^${self}${now}(?!在宅|自宅|家で|会社|工場|病院|夜勤|オフィス|リモート|現場|一人|ここ|そこ|どこ)${one}(?:で働いて(?:い)?(?:ます|る)|に勤めて(?:い)?(?:ます|る)|に勤務して(?:い)?(?:ます|る))${end}`,
    ),
  },
  {
    kind: 'fact',
    attribute: 'employer',
    says: 'not {value}',
    text: 'もう{value}で働いていない',
    confidence: 0.8,
    pattern: said(
      `^${self}(?:もう|先月|今年|去年)?[、,]?(?!会社|仕事|バイト)${one}を(?:退職しました|辞めました|退社しました)${end}`,
    ),
  },
  {
    kind: 'fact',
    attribute: 'occupation',
    text: '{value}として働いている',
    confidence: 0.75,
    pattern: said(
      `^${self}${now}(?:フリーの|高校の|中学の|小学校の)?(?<value>看護師|医師|医者|教師|教員|エンジニア|プログラマー|デザイナー|弁護士|会計士|薬剤師|保育士|美容師|料理人|大学生|大学院生|公務員|会社員|専業主婦|主婦|翻訳者|ライター|研究者|漁師|農家|介護士|歯科医|獣医|記者|建築士|運転手)(?:です|をして(?:い)?(?:ます|る)|として働いて(?:い)?(?:ます|る))${end}`,
    ),
  },
  {
    kind: 'fact',
    attribute: 'name',
    text: '名前は{value}',
    confidence: 0.85,
    pattern: said(
      `^(?:(?:私|わたし|僕|俺)の)?名前は${called}(?:です|といいます|と言います|と申します)${end}|^${self}${called}と申します${end}`,
    ),
  },
  {
    kind: 'fact',
    attribute: 'age',
    text: '{value}歳',
    confidence: 0.8,
    pattern: said(`^${self}${now}(?<value>\\d{1,2})歳です${end}`),
  },
  {
    kind: 'fact',
    attribute: 'allergy:{value}',
    says: 'yes',
    text: '{value}アレルギーがある',
    confidence: 0.9,
    pattern: said(
      `^${self}(?:重い|ひどい|軽い)?${one}(?:の|に)?アレルギー(?:です|があります|がある|を持って(?:い)?ます|持ちです)${end}`,
    ),
  },
  {
    kind: 'fact',
    attribute: 'allergy:{value}',
    says: 'no',
    text: '{value}アレルギーはない',
    confidence: 0.8,
    pattern: said(`^${self}${one}(?:の)?アレルギーは(?:ありません|ないです)${end}`),
  },
  {
    kind: 'fact',
    attribute: 'diet',
    text: '{value}',
    confidence: 0.85,
    pattern: said(`^${self}${now}(?<value>ベジタリアン|ヴィーガン|ビーガン|菜食主義者?)(?:です|になりました)${end}`),
  },
  {
    kind: 'fact',
    attribute: 'diet',
    says: 'not {value}',
    text: 'もう{value}ではない',
    confidence: 0.8,
    pattern: said(
      `^${self}もう[、,]?(?<value>ベジタリアン|ヴィーガン|ビーガン|菜食主義者?)(?:ではありません|じゃありません|ではないです|じゃないです|をやめました)${end}`,
    ),
  },
  {
    kind: 'fact',
    attribute: 'eats:{value}',
    says: 'no',
    text: '{value}を口にしない',
    confidence: 0.8,
    pattern: said(
      `^${self}(?<value>豚肉|牛肉|鶏肉|肉|魚|生魚|卵|乳製品|牛乳|グルテン|小麦|ナッツ|甲殻類|エビ|カニ|お酒|アルコール|コーヒー|パクチー|そば)(?:は|が|を)(?:食べられません|食べられない|食べません|飲めません|飲めない|飲みません|控えて(?:い)?ます)${end}`,
    ),
  },
  {
    kind: 'relation',
    text: '{what}: {value}',
    confidence: 0.85,
    pattern: said(`^(?:(?:私|僕|俺|うち)の)?(?<what>${kin})の名前は${called}(?:です|といいます|と言います)${end}`),
  },
  {
    kind: 'relation',
    text: '{what}: {value}',
    confidence: 0.75,
    pattern: said(`^(?:(?:私|僕|俺|うち)の)?(?<what>${kin})の${called}(?:さん|ちゃん|くん|君)(?=[はがもとを、])`),
  },
  {
    kind: 'relation',
    text: '{what}: {value}',
    confidence: 0.8,
    pattern: said(
      `^${self}${called}という(?:名前の)?(?<what>犬|猫|うさぎ|インコ|ハムスター)を飼って(?:い)?(?:ます|る)${end}`,
    ),
  },
  {
    kind: 'relation',
    text: '{value}がいる',
    confidence: 0.75,
    pattern: said(`^${self}(?<value>(?:子ども|子供|娘|息子)が(?:一人|二人|三人|四人|\\d人))(?:います|いる)${end}`),
  },
  {
    kind: 'fact',
    text: '{value}',
    confidence: 0.8,
    pattern: said(
      `^${self}(?<value>左利き|右利き|両利き|色覚異常|花粉症|糖尿病|高血圧|喘息|妊娠中|シングルマザー|シングルファザー)です${end}`,
    ),
  },
  {
    kind: 'fact',
    attribute: 'smoking',
    says: 'quit',
    text: 'タバコをやめた',
    confidence: 0.8,
    pattern: said(
      `^${self}(?:去年|昨年|\\d{4}年に|もう)?[、,]?(?:タバコ|たばこ|煙草)(?:を|は)(?:やめました|やめた|吸いません)${end}`,
    ),
  },
  {
    kind: 'goal',
    text: '目標: {value}',
    confidence: 0.75,
    pattern: said(
      `^(?:(?:私|僕|俺)の)?(?:今年の|来年の|次の|将来の)?(?:目標|夢)は[、]?(?<value>[^。！？\\n「」]{3,60}?)(?:こと)?です${end}`,
    ),
  },
  {
    kind: 'goal',
    text: '目標: {value}',
    confidence: 0.7,
    pattern: said(
      `^${self}(?:今年|来年|年内|いつか|将来)(?:は|中に|までに|に)?[、]?(?<value>[^。！？、\\n「」]{2,40}(?:合格し|痩せ|移住し|引っ越し|転職し|起業し|独立し|走り|完走し|話せるようになり|買い|建て|留学し|辞め|やめ)たい)(?:です|と思って(?:い)?ます)?${end}`,
    ),
  },
  {
    kind: 'preference',
    attribute: 'likes:{value}',
    says: 'yes',
    text: '{value}が好き',
    confidence: 0.65,
    pattern: said(
      `^${self}(?!これ|それ|あれ|この|その|あの|どれ|どちら|何|案|最初|後者|前者)${one}が(?:とても|すごく|一番)?(?:大好き|好き)(?:です|だ)${end}`,
    ),
  },
  {
    kind: 'preference',
    attribute: 'likes:{value}',
    says: 'no',
    text: '{value}が苦手',
    confidence: 0.7,
    pattern: said(
      `^${self}(?!これ|それ|あれ|この|その|あの|どれ|どちら|何|案|最初|後者|前者)${one}[がは](?:とても|すごく)?(?:大嫌い|嫌い|苦手)(?:です|だ)${end}`,
    ),
  },
  {
    kind: 'preference',
    confidence: 0.75,
    pattern: said(
      `^${self}(?:回答|返答|返事|答え|説明)は[、]?[^。！？\\n]{2,40}(?:方|ほう)が(?:好き|好み|助かり)[^。！？\\n]{0,6}`,
    ),
  },
  {
    kind: 'instruction',
    confidence: 0.85,
    pattern: said(
      `^(?:今後は?|これからは?|以後は?|いつも|常に|毎回|必ず)[、,]?[^。？?\\n]{2,80}(?:てください|て下さい|でください|で下さい|てほしいです|てほしい|お願いします)`,
    ),
  },
  {
    kind: 'instruction',
    confidence: 0.55,
    alone: true,
    pattern: said(
      `^(?:絵文字|顔文字|箇条書き|表|見出し|太字|敬語|タメ口|専門用語|カタカナ語|英語|マークダウン|感嘆符)(?:は|を)(?:使わないで|入れないで|付けないで|つけないで|避けて)(?:ください|下さい|ね)?[。！!]?$`,
    ),
  },
];
