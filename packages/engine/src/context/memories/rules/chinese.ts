/**
 * What people say of themselves in Chinese, simplified or traditional, simply, as rules. Data; see `memory-rule.ts`. A rule begins where
 * its clause does, with 我: what somebody else says of themselves stands behind a word for saying it.
 */
import { noSecondSigns } from '../../profiles/names-of-scripts.ts';
import type { MemoryRule } from './memory-rule.ts';

const opens = '(?:其实|其實|另外|对了|對了|顺便说一下|背景：|补充一下)?[，,：]?';
const me = `^${opens}我`;
const now = '(?:现在|現在|目前|一直|平时|平時)?';
const end = '(?=[，。！；、,.!;\\s]|$)';
const word = '[^，。！？；、,.!?;：\\s“”「」的了吗嗎]';
/** A place, a firm, a thing: no "this" and no "one". */
const one = `(?!一[个個家所间間]|这|這|那|哪|你|他|她|它)(?<value>${word}{2,14}?)`;
const called = '(?<value>[\\p{Script=Han}]{1,4}|\\p{Lu}[\\p{L}]+(?: \\p{Lu}\\p{L}+)?)';
const kin =
  '妻子|老婆|太太|丈夫|老公|先生|女儿|女兒|儿子|兒子|妈妈|媽媽|爸爸|母亲|母親|父亲|父親|哥哥|姐姐|弟弟|妹妹|女朋友|男朋友|老板|老闆|经理|經理|奶奶|爷爷|爺爺';

const said = (source: string, flags = 'u'): RegExp => new RegExp(source, flags);

export const chinese: readonly MemoryRule[] = [
  {
    kind: 'relation',
    text: '{what}：{value}',
    confidence: 0.7,
    pattern: said(`^${opens}(?:我(?:的|家)?)?(?<what>${kin})(?<value>小(?![${noSecondSigns}])\\p{Script=Han})`),
  },
  {
    kind: 'fact',
    attribute: 'home',
    text: '住在{value}',
    confidence: 0.85,
    pattern: said(
      `${me}(?:们|們|家)?${now}(?:住在|定居在|居住在)(?!学校|學校|宿舍|家里|家裡|乡下|鄉下|附近|楼|樓|酒店|一楼)${one}${end}`,
    ),
  },
  {
    kind: 'fact',
    attribute: 'home',
    text: '住在{value}',
    confidence: 0.8,
    pattern: said(
      `${me}(?:们|們|家)?(?:上个月|上個月|去年|今年|刚|剛|刚刚|最近|已经|已經)?(?:从[^，。]{2,8}|從[^，。]{2,8})?搬(?:到|去|来|來)(?:了)?(?!新家|这里|這裡)${one}(?:了)?${end}`,
    ),
  },
  {
    kind: 'fact',
    attribute: 'birthplace',
    text: '在{value}出生',
    confidence: 0.85,
    pattern: said(`${me}(?:(?:是)?在${one}(?:出生|出生的)|出生(?:在|于|於)${one})${end}`),
  },
  {
    kind: 'fact',
    attribute: 'origin',
    text: '来自{value}',
    confidence: 0.75,
    pattern: said(`${me}来自(?!未来)${one}${end}`),
  },
  {
    kind: 'fact',
    attribute: 'employer',
    text: '在{value}工作',
    confidence: 0.8,
    pattern: said(
      `${me}${now}在(?!家|公司|外地|外企|国企|國企|国外|國外|学校|學校|医院|醫院|办公室|辦公室|网上|線上)${one}(?:工作|上班|任职|任職)${end}`,
    ),
  },
  {
    kind: 'fact',
    attribute: 'employer',
    says: 'not {value}',
    text: '不再在{value}工作',
    confidence: 0.8,
    pattern: said(`${me}(?:已经|已經|现在|現在)?不在(?!家|公司)${one}(?:工作|上班)了?${end}`),
  },
  {
    kind: 'fact',
    attribute: 'employer',
    says: 'self',
    text: '自由职业',
    confidence: 0.8,
    pattern: said(`${me}${now}(?:自己创业|自己創業|是自由职业者?|是自由職業者?|做自由职业)${end}`),
  },
  {
    kind: 'fact',
    attribute: 'occupation',
    text: '职业是{value}',
    confidence: 0.75,
    pattern: said(
      `${me}${now}是(?:一名|一个|一個|一位|名|个|個)?(?<value>(?:小学|中学|高中|大学|数学|英语|语文|物理)?(?:护士|護士|医生|醫生|老师|老師|教师|教師|工程师|工程師|程序员|設計師|设计师|律师|律師|会计|會計|药剂师|厨师|廚師|公务员|公務員|研究生|大学生|大學生|博士生|作家|记者|記者|翻译|翻譯|农民|農民|司机|司機|建筑师|牙医|兽医|护理员))${end}`,
    ),
  },
  {
    kind: 'fact',
    attribute: 'name',
    text: '名字是{value}',
    confidence: 0.85,
    pattern: said(`${me}(?:的名字(?:是|叫)|叫)(?!他|她|你|它|人|了|车|車|外卖|外賣|什么|什麼|做)${called}${end}`),
  },
  {
    kind: 'fact',
    attribute: 'age',
    text: '{value}岁',
    confidence: 0.8,
    pattern: said(`${me}(?:今年)?(?:已经|已經)?(?<value>\\d{1,3})[岁歲]了?${end}`),
  },
  {
    kind: 'fact',
    attribute: 'allergy:{value}',
    says: 'yes',
    text: '对{value}过敏',
    confidence: 0.9,
    pattern: said(
      `${me}(?:从小|從小)?[对對](?!你|他|她|这|這|那)(?<value>${word}{1,12}?)(?<![不没沒])(?:严重|嚴重|有点|有點|有些|轻度|輕度|特别|會|会)?(?<![不没沒])(?:过敏|過敏)${end}`,
    ),
  },
  {
    kind: 'fact',
    attribute: 'allergy:{value}',
    says: 'no',
    text: '对{value}不过敏',
    confidence: 0.8,
    pattern: said(`${me}[对對](?<value>${word}{1,12}?)(?:并|並)?不(?:过敏|過敏)${end}`),
  },
  {
    kind: 'fact',
    attribute: 'diet',
    text: '吃{value}',
    confidence: 0.85,
    pattern: said(
      `${me}${now}(?:是(?:个|個|一个)?|只?吃)(?<value>素食者|素食主义者|素食主義者|纯素食者|纯素|全素|素)${end}`,
    ),
  },
  {
    kind: 'fact',
    attribute: 'diet',
    says: 'not {value}',
    text: '不再吃{value}',
    confidence: 0.8,
    pattern: said(`${me}(?:已经|已經|现在|現在)?不(?:再)?(?:是|吃)(?<value>素食者|素食主义者|纯素|全素|素)了${end}`),
  },
  {
    kind: 'fact',
    attribute: 'eats:{value}',
    says: 'no',
    text: '不吃{value}',
    confidence: 0.8,
    pattern: said(
      `${me}(?:从来|從來|现在|完全)?(?:不吃|不能吃|吃不了|不喝|不能喝|喝不了)(?<value>猪肉|豬肉|牛肉|羊肉|鱼|魚|海鲜|海鮮|虾|蝦|螃蟹|鸡蛋|雞蛋|牛奶|奶制品|乳制品|麸质|麩質|坚果|堅果|花生|香菜|辣|肉|酒|咖啡|糖)${end}`,
    ),
  },
  {
    kind: 'relation',
    text: '{what}：{value}',
    confidence: 0.85,
    pattern: said(`${me}(?:的)?(?<what>${kin})(?:名叫|名字叫|的名字是|的名字叫|叫)(?!我|他|她|你)${called}${end}`),
  },
  {
    kind: 'relation',
    text: '{what}：{value}',
    confidence: 0.8,
    pattern: said(
      `${me}(?:家|们家|們家)?(?:养了|養了|有)(?:一)?[只隻条條](?<what>狗|猫|貓|兔子|仓鼠|鹦鹉)[，,]?(?:名字|它)?(?:名)?叫${called}${end}`,
    ),
  },
  {
    kind: 'relation',
    text: '有{value}',
    confidence: 0.75,
    pattern: said(`${me}(?:们|們)?有(?<value>[一两兩二三四\\d](?:个|個)(?:孩子|儿子|兒子|女儿|女兒|小孩))${end}`),
  },
  {
    kind: 'fact',
    text: '{value}',
    confidence: 0.8,
    pattern: said(`${me}是(?:个|個|一个)?(?<value>左撇子|色盲|单亲妈妈|单亲爸爸)${end}`),
  },
  {
    kind: 'fact',
    text: '患有{value}',
    confidence: 0.8,
    pattern: said(
      `${me}(?:有|患有|得了|被诊断出|被诊断为|被診斷出)(?<value>[一二12]型糖尿病|糖尿病|高血压|高血壓|哮喘|乳糖不耐症|抑郁症|乳糜泻)${end}`,
    ),
  },
  {
    kind: 'fact',
    attribute: 'smoking',
    says: 'quit',
    text: '戒了烟',
    confidence: 0.8,
    pattern: said(`${me}(?:\\d{4}年|去年|已经|已經)?(?:戒烟了?|戒菸了?|戒了烟)${end}`),
  },
  {
    kind: 'goal',
    text: '目标：{value}',
    confidence: 0.75,
    pattern: said(
      `${me}(?:今年|明年|最大)?(?:的)?(?:今年|明年)?的?(?:目标|目標|梦想|夢想)(?:就)?是(?<value>[^，。！？；\\n]{3,50})`,
    ),
  },
  {
    kind: 'goal',
    text: '目标：{value}',
    confidence: 0.7,
    pattern: said(
      `${me}(?:今年|明年|年底前)?(?:想|打算|计划|計劃|准备|準備)(?:在)?(?:今年|明年)?(?<value>(?:学(?:会|好)?(?:日语|英语|法语|德语|西班牙语|韩语|粤语|钢琴|吉他|游泳|开车)|考(?:研|公|驾照|博|雅思|托福)|买(?:房|车|房子)|跑(?:完)?(?:一个|一场)?(?:半程|全程)?马拉松|减肥|减\\d+(?:斤|公斤)|戒烟|创业|移民|换工作)[^，。！？；\\n]{0,20})`,
    ),
  },
  {
    kind: 'preference',
    confidence: 0.75,
    pattern: said(
      `${me}(?:更喜欢|更喜歡|比较喜欢|比較喜歡|偏好|宁愿|寧願)(?!你|他|她|这|這|那|第)[^，。！？；\\n]{2,40}`,
    ),
  },
  {
    kind: 'preference',
    attribute: 'likes:{value}',
    says: 'yes',
    text: '喜欢{value}',
    confidence: 0.65,
    pattern: said(
      `${me}(?:很|最|非常|特别|特別|超)?(?:喜欢|喜歡|爱吃|愛吃|爱喝)(?!你|他|她|它|这|這|那|第|用|上了)(?<value>${word}{1,16}?)${end}`,
    ),
  },
  {
    kind: 'preference',
    attribute: 'likes:{value}',
    says: 'no',
    text: '不喜欢{value}',
    confidence: 0.7,
    pattern: said(
      `${me}(?:很|最|非常|特别|特別)?(?:不喜欢|不喜歡|讨厌|討厭|不爱吃|不愛吃)(?!你|他|她|它|这|這|那|第|用)(?<value>${word}{1,16}?)${end}`,
    ),
  },
  {
    kind: 'instruction',
    confidence: 0.85,
    pattern: said(
      `^(?:请|請)?(?:以后|以後|从现在起|從現在起|今后|今後|从今以后|每次|始终|始終|总是|總是)[，,]?(?:都)?(?:请|請)?(?:一直|总是|都)?(?:用|别|別|不要|回答|叫我|称呼我|稱呼我|先|给出|給出|保持|写|寫)[^？?。\\n]{1,60}`,
    ),
  },
  {
    kind: 'instruction',
    confidence: 0.55,
    alone: true,
    pattern: said(
      `^(?:请|請)?(?:不要|别|別)(?:再)?(?:用|使用|加)(?:表情符号|表情符號|表情|emoji|列表|项目符号|項目符號|表格|标题|標題|markdown|粗体|粗體|感叹号|敬语|敬語)[。！!]?$`,
      'iu',
    ),
  },
];
