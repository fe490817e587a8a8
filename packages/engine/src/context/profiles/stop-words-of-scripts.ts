/**
 * Words that name nothing, of languages beside English: function words, the commonest verbs and qualities, and nouns too wide to be
 * a topic. They say what is *not* a topic; no list here says what is one. Lower case, as written.
 */

const split = (words: string): string[] => words.trim().split(/\s+/);

const german = `
zwei drei vier fünf sechs sieben acht neun zehn zwölf zwanzig danke lohnt dauert kostet läuft geht klappt funktioniert
ich's gern gerne bitte hilfe brauche brauchen möchte möchten würde könnte könntest sollte müssen suche erkläre erklär zeig schreib schreibe mach macht welches
welchen welchem jetzt heute morgen gestern immer wieder viel viele alle alles etwas nichts hier dort damit dafür dazu davon daran ohne gegen
durch seit während frage fragen antwort beispiel tipps tipp ideen idee überblick anleitung rezept montag dienstag mittwoch donnerstag freitag samstag sonntag
januar februar märz april mai juni juli august september oktober november dezember euro uhr stück kommt kommen ziehen liegt braucht`;
const french = `
an ans refuse mange manque chauffe
débutant débutants seul seule
deux trois quatre cinq sept huit neuf dix douze vingt monte casse coûte marche tourne affiche demande passe reste dure coule goutte gêne bloque trouve triées trié
je j'ai c'est qu'est l'on d'un d'une veux voudrais voulons peut-on dois doit faut besoin apprendre expliquer explique aider aide choisir utiliser comment quel quelle quels
quelles meilleur meilleure trop assez aujourd'hui demain hier toujours jamais chaque leur leurs votre vos notre nos sans sous chez entre jusque depuis pendant alors donc
recette idées idée question questions exemple conseils conseil lundi mardi mercredi jeudi vendredi samedi dimanche janvier février avril mai juin juillet août
septembre octobre novembre décembre bonjour salut`;
const spanish = `
una uno dos tres cuatro cinco seis siete ocho nueve diez doce veinte tarda huele sube baja queda sale lleva viene pide cuesta dura sirve funciona duele tienen tenemos vamos elegir hago hacemos pone ponen falta vale abren abrieron mejorar tarde noche año años mes meses semana semanas hora horas minutos personas persona
quiero quisiera necesito necesitamos ayuda ayúdame explica explícame aprender aprendo usar cuál cuáles cuánto cuánta cuántos mejor mejores ahora hoy mañana ayer siempre
nunca cada sin bajo hasta desde durante entonces algo nada todo toda todos todas otro otra otros otras hola gracias receta ideas idea pregunta preguntas ejemplo consejos
consejo lunes martes miércoles jueves viernes sábado domingo enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre veces vez días día`;
const portuguese = `
duas dois três quatro cinco seis sete oito nove dez doze vinte puxa enrola cresce murcha sai fica ficou vem vai pede gasta custam demora deu dá dão faço fazer fazem usa preciso publicar semana semanas mês meses ano anos hora horas minutos pessoas pessoa dia dias
quero queria preciso precisamos ajuda explique explica aprender usar qual quais quanto quanta melhor melhores agora hoje amanhã ontem sempre nunca cada sem sob até desde
durante então algo nada tudo todo toda todos todas outro outra olá obrigada receita ideias ideia pergunta exemplo dicas dica segunda terça quarta quinta sexta sábado domingo
janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro estou está estamos pelo pela num numa dos das ao às vez vezes dura custa`;
const italian = `
voglio vorrei bisogno aiuto spiega spiegami imparare usare quale quali quanto quanta migliore migliori adesso ora oggi domani ieri sempre mai ogni senza sotto fino durante
allora qualcosa niente tutto tutta tutti tutte altro altra ciao ricetta idee idea domanda esempio consigli consiglio lunedì martedì mercoledì giovedì venerdì sabato domenica
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre viene fa del dello della dei degli delle al allo alla ai agli alle dal sul sulla nei`;
const dutch = `
wil graag nodig maak schrijf welke welk beter beste nu vandaag morgen gisteren altijd nooit elke zonder onder tot sinds tijdens iets niets alles andere recept
ideeën idee vraag voorbeeld tips maandag dinsdag woensdag donderdag vrijdag zaterdag zondag`;
const polish = `
i w na z do nie to że się jak co jest są o po od za czy dla ja ty on ona my wy oni mój moja moje twój jego jej ich który która które ten ta te tego tej ale lub bo gdy kiedy
gdzie dlaczego ile jaki jaka jakie bardzo więcej tylko już jeszcze też można chcę potrzebuję mogę proszę dziękuję pomoc pomóż przykład pytanie przez przed pod nad bez między`;
const swedish = `
och att det som en på är av för med till den har de inte om ett jag sig från vi så kan när år under också efter eller nu sin där vid mot ska skulle kommer ut får
finns vara hade alla andra mycket än här då sedan över bara in blir upp även hur vad min din vill behöver hjälp exempel fråga`;
const turkish = `
ve bir bu için ile mi mı mu mü ne nasıl neden niçin kim hangi biz siz onlar benim senin çok daha gibi kadar sonra önce ama fakat veya ya şu her hiç var yok
istiyorum lazım gerek yardım örnek soru olarak olan değil lütfen teşekkürler`;
const russian = `
ест ем едят пьёт взрослому новичка больше третий
большой большая большие компании
два две три четыре пять шесть семь восемь девять десять двенадцать двадцать месяц месяца месяцев час часа часов минут градусов рублей тысяч метров человека ночь ночью утром вечером работает работать падает стоит идёт берем берём купили купил нужны взять выбрать проверь напиши сократи разваливаются поднимается поднялась одной одну
и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по только ее её мне было вот от меня еще ещё нет о из ему теперь когда даже ну ли если уже или ни
быть был была были него до вас нибудь опять уж вам сказал ведь там потом себя ничего ей может они тут где есть надо ней для мы тебя их чем сам чтоб чтобы без чего раз тоже под
будет тогда кто этот эта это эти того этого какой какая какое какие мой моя мое моё мои твой наш ваш свой который которая которые очень более больше меньше лучше лучший лучшая
можно нужно нужен нужна хочу хотим могу можем помоги помогите пожалуйста спасибо привет почему зачем сколько куда как-то что-то делать делаем сделать начать помощь пример
вопрос вопросы ответ совет советы идея идеи способ день дня дней неделя неделю год года лет время раз человек люди дело вещь другой другая другие новый новая новые хороший
сегодня завтра вчера понедельник вторник среда четверг пятница суббота воскресенье января февраля марта апреля мая июня июля августа сентября октября ноября декабря
та те той тем тех этой этом этих нам нас ним ними об при про через между перед после над`;
const ukrainian = `
і й та в у не що він на я з як а то все вона так його але ти до ж ви за би по тільки мені було від мене ще ні з-за йому тепер коли навіть якщо вже або ні бути був була були
щоб для ми тебе їх чим сам без чого теж під буде тоді хто цей ця це ці який яка яке які мій моя моє твій наш ваш свій дуже більше можна треба потрібно хочу можу допоможи
дякую чому скільки куди приклад питання`;
const hindi = `
बार बंद बदलने बदलना बदलूँ फीका फीकी बनता बनती बनते चाहिए मिल मिली मिला
धीमा धीमी छोटा छोटी छोटे बड़ा बड़ी बड़े पास ऊपर नीचे अंदर बाहर सामने बीच याद बनाऊँ लूँ लिया ली लगता लगेंगे रखें रखा रहता देखें देखेंगे बिना फूलता फूल खत्म सख्त नरम रोज़ रोज रात सुबह शाम महीने महीना साल घंटे घंटा लोगों लोग बीस पाँच आठ छह शुरू होगा आएगी आती आता
का की के को में से पर ने है हैं था थी थे हो होना होता होती होते हूँ हूं रहा रही रहे गया गई गए और या तो भी ही नहीं न मत मैं मुझे मेरा मेरी मेरे हम हमें हमारा हमारी हमारे तुम आप आपका आपकी आपके यह ये वह वे
इस उस इन उन इसका उसका इसकी उसकी इसके उसके क्या क्यों कैसे कैसा कैसी कब कहाँ कहां कौन कितना कितनी कितने जो जब तब अगर लेकिन मगर कि साथ लिए बारे बाद पहले अब आज कल फिर बहुत अधिक ज्यादा ज़्यादा कम कुछ सब
सभी एक दो तीन करना करने करें करो करता करती करते कर किया की कीजिए बनाएं बनाएँ बनाना बनाने बताएं बताओ बताइए चाहिए चाहता चाहती चाहते सकता सकती सकते सकें डालें डालूँ डालना पढ़ें आए जाए जाना जाता कहूँ
कहना पसंद ज़रूरी जरूरी तरीका तरीके मदद सवाल उपयोग हाँ जी अच्छा अच्छे अच्छी नया नई नए वाला वाली वाले द्वारा तक अपना अपनी अपने हफ्ते अगले दिन समय कृपया धन्यवाद टालें`;
const arabic = `
عنده عندنا أبدأ نبدأ كانت صار صارت بدأ زدت وضعت اخترنا اشترينا حجزنا أخذنا طلب قالت قال اكتب أضع أضف ابدأ استعمل خذ مناسب مناسبة سنة شهر أسبوع أسابيع يوم دقيقة ساعة ساعات درجة بالمئة لعشرة لمدة خطأ رسالة ترتفع تلتصق يخرج تدخل تأخذ يأخذ تعمل يعمل نعم
في من على إلى الى عن مع هذا هذه ذلك تلك التي الذي الذين هو هي هم نحن أنا انا أنت انت كان كانت يكون تكون ما ماذا لماذا كيف متى أين اين هل لا لم لن ليس نعم أو او و ثم لكن أن ان إن
قد كل بعض غير بين بعد قبل عند حتى إذا اذا لو كما أي اي أفضل افضل أكثر اكثر أقل جدا فقط أيضا ايضا يمكن يمكنني أريد اريد أحتاج احتاج يجب شكرا مرحبا طريقة بسرعة مهمة مهم مثال سؤال جواب
مساعدة لي لك له لها لهم عندي كم اليوم غدا أمس تعلم أحفظ`;
const korean = `
자꾸 일단 훨씬 너무 진짜 새로 덜 천천히 조금씩 혹시
해요 돼요 됐어요 먹을 할 하고 싶어요 않아요 안돼요 맛있게 시작 작성 외우기 굽기 끓이기 갈아타기 많이 정도 살 번 개 원 시간 주 이제 보통 매일 하루
저는 나는 제가 내가 저 나 제 내 우리 이 그 저것 이것 그것 무엇 뭐 어떻게 왜 언제 어디 누구 어떤 얼마나 얼마 그리고 그러나 하지만 그래서 또는 또 더 가장 아주 매우 정말 너무 좀 조금 많이 다시 지금 오늘 내일 어제
꼭 잘 안 못 것 수 때 중 등 및 위해 대해 대한 통해 방법 도움 질문 예시 추천 부탁 감사 안녕 안녕하세요 네 아니요 있는 없는 하는 되는 같은 레시피 있습니다 없습니다 합니다 됩니다`;
const chinese = `
会问 抓取 完了 做完 买了 选了 少浇 减少 增加 说得 看得
总是 經常 经常 常常 一直 起来 出来 下来 过来 进去 做法 缓解 修改 启动 失败 成功 优化 安排 安装 下载 打开 关闭 处理 解决 改善 提高 注意 检查 出现 变成 发现 收到 做好 练习 参加 报名 决定 选择 打算 睡觉 吃饭 起床 回家 上班 下班 感觉 喜欢 讨厌 担心 害怕 舒服 便宜 怎么办 睡不着 分不清 发黄 不够 不用 不吃 一次 两次 三次 每天 每周 每小时 星期 小时 分钟 以后 以前 有点 太多 多少 左右 大家 有人 老婆 老公 儿子 女儿 妈妈 爸爸 攻略
我们 你们 他们 她们 它们 自己 什么 怎么 怎样 怎么样 为什么 哪里 哪个 哪些 多少 几个 如何 是否 可以 能够 可能 应该 需要 必须 想要 希望 觉得 知道 认为 告诉 帮助 帮忙 请问 谢谢 你好 这个 那个 这些 那些 这样 那样 这里 那里
一个 一些 一种 一下 一样 一点 没有 不是 不能 不要 不会 还是 或者 以及 因为 所以 但是 如果 虽然 然后 而且 并且 关于 对于 根据 通过 为了 除了 已经 正在 现在 今天 明天 昨天 下个月 上个月 今年 明年 去年 时候 时间 之前 之后
非常 比较 更加 最好 很多 许多 所有 每个 其他 另外 进行 使用 用来 作为 成为 包括 提供 介绍 解释 说明 建议 推荐 给出 列出 写出 生成 回答 问题 方法 方式 方面 情况 内容 例子 信息 东西 事情 地方 部分 关系 作用 特点 重要 主要 基本
开始 入门 计划 材料 要求 意思 看看 新的 好的 两个 三个 第一 第二 一周 基础 更多 编写 下面 以下 上面 其中 重大`;
const japanese = `
カリッ ベチャッ
対応 選び 取り 切り 効果 結果 理想 希望 相談 確認 利用 使用 購入 予約 参加 開始 終了 変更 追加 準備 改善 解決 上達 成長 朝 夜 昼 円 年 月 日 週 時 分 度 回 本 枚 歳 個 名 冊 さん
今日 明日 昨日 今年 来年 去年 今月 来月 先月 今週 来週 先週 毎日 最近 本当 一番 全部 自分 私達 皆様 方法 場合 必要 可能 大丈夫 問題 質問 回答 説明 紹介 理由 内容 情報 部分 以下 以上 以外 予定 最後 最初 最新 最高 次回 今回 前回 時間 時点 意味
お願い 教え 知り 使い 作り 行き 思い 有名 十分 簡単 大切 重要 作り方 使い方 やり方 取り方 書き方 食べ方 上手 下手 苦手 得意 好き 嫌い 同じ 色々 沢山 勉強 一度 全て 何か 何故 何処 違い オススメ おすすめ アドバイス ヒント レシピ 例えば 場所 方 事 物 人 目`;

/** Words no phrase holds. */
export const stopWordsOfScripts: readonly string[] = [
  german,
  french,
  spanish,
  portuguese,
  italian,
  dutch,
  polish,
  swedish,
  turkish,
  russian,
  ukrainian,
  hindi,
  arabic,
  korean,
  chinese,
  japanese,
].flatMap(split);

/** Nouns too wide to be a topic alone; beside another word they may be part of one. */
export const wideNounsOfScripts: readonly string[] = split(`
tag woche jahr monat grad datum stunde minute mutter vater frau mann kind sohn tochter eltern arzt lehrer lehrerin schule haus wohnung wand tür zimmer firma seite stelle sache leute
jour semaine mois année heure personne enfant fille fils mère père maison chose côté partie début fin jeune monsieur madame entreprise
cosa casa niño niña hijo hija madre padre gente lado parte principio comida precio dinero tiempo idea escuela maestra médico
coisa casa criança filho filha mãe pai gente lado parte começo comida preço dinheiro tempo escola professora médico quadro dor
работа ошибка школа дом ребёнок сын дочь мама папа жена муж врач компания часть начало место страница учительница учитель запрос
孩子 医生 医師 老师 数据 程序 家长 学校 项目 公司 工作 手机 客厅 卧室 厨房 房子 电影 音乐 国家 城市 世界 社会 生活 家庭 朋友 同学 老板 客户 用户 产品 系统 软件 文件 图片 视频 文章 网站 语言 单词 句子 查询 登录 检测 材质
子供 子ども 先生 医者 学校 会社 仕事 家 家族 友達 友人 データ 検索 検査 写真 動画 文章 言葉 単語 世界 社会 生活 国 街 店 部屋 窓 水 車 電話 手紙 計画
아이 선생님 학교 회사 일 집 가족 친구 사람 물 돈 문제 생활 사회 세계 나라 도시 방 거실 사진 영상 문장 단어 말 음식
बच्चा बच्चे स्कूल घर काम परिवार दोस्त लोग पानी पैसा पैसे शहर देश दुनिया कमरा दीवार कागज़ फाइल
الطفل الأطفال المدرسة البيت العمل العائلة الصديق الناس الماء المال المدينة البلد العالم الغرفة الصورة الملف المدير الاستعلام الشرفة المعلمة المعلم الطبيب المقاول`);

/** Words that may stand between two words of a phrase, and nowhere else in it: "plan de entrenamiento", "नौकरी का इंटरव्यू". */
export const linkWords: ReadonlySet<string> = new Set([
  ...split('de du des da dos das di del dello della dei degli delle al ai au aux à für para por का की के'),
  // A link and the article after it are read as one.
  'de la',
  'de las',
  'de los',
  'de el',
  'por la',
]);

/** Words of scripts without spaces that may end a phrase, after another word, and neither begin one nor be one. */
export const lastWordsUnspaced: ReadonlySet<string> = new Set(
  split('学习 学習 开发 開発 设计 設計 管理 分析 测试 研究 训练 练习 準備 准备 计划 計画 规划 制作 作成 编程'),
);
