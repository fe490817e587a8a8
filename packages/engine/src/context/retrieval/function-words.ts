/**
 * Words that say how a question is asked, not what it is about, of German, French, Spanish, Italian, Portuguese, Dutch, Russian, Arabic,
 * Hindi and Korean; English ones stand in `stop-words.ts`, and those of Chinese, Japanese and Thai where their runs are cut. Which language a question is in is read from these words themselves, because it is too short to say it
 * otherwise, and because one's empty word is another's matter ("die", "son", "come"). Data and one rule. Pure.
 */
import { stopWords } from './stop-words.ts';

/** English words that only link, in a question; elsewhere they may tell something, so that they stand apart. */
const linking = `
ever across within whether including involving regarding concerning considering related based due currently`;
const german = `
der die das den dem des ein eine einen einem einer eines und oder aber nicht kein keine keinen ich du er sie es wir ihr mich dich mir dir ihm ihn ihnen uns
euch sich mein meine meinen meinem meiner meines dein deine deinen deinem deiner sein seine seinen unser unsere unseren unserem unserer ihre ihren ist sind war
waren bin bist hat habe haben hast hatte hatten wird werde werden wurde kann können konnte muss soll sollte will wollte würde mit von zu zum zur in im am an auf
für bei aus nach über unter um als wenn dass ob wie was wer wen wem wo woher wohin wann warum wieso weshalb wozu welche welcher welches welchen welchem wieviel
viel viele noch auch nur schon sehr mehr denn dann doch mal so da damit dabei davon dafür dazu darüber jetzt gesagt sagte sagtest erzählt erwähnt genannt gefragt
beim vom ins ans aufs durch gegen ohne seit womit wofür worüber woran worauf wovon wodurch darf durfte dürfen mag möchte wollen sollen müssen konnten wären hätte hätten würden worden geworden
sondern jemals eigentlich überhaupt gerade diese dieser dieses diesen diesem jede jeder jedes jeden alle alles`;
const french = `
le la les l un une des du de d et ou mais ne n pas je j tu il elle on nous vous ils elles me m te t se s moi toi lui leur leurs y en est sont était étaient être
ai as a avons avez ont avais avait suis es sommes êtes avec pour par sur dans au aux à chez sans sous entre ce c cet cette ces ça mon ma mes ton ta tes son sa ses
notre nos votre vos que qu qui quoi dont où comment pourquoi quand quel quelle quels quelles combien lequel laquelle plus moins aussi encore déjà si comme peux
peut puis fait dit disais raconté mentionné demandé parlé suis-je vais vas va allons vont aller doit dois peux pouvait avaient avions serait serai sera fut fus cela celui
celle ceux quels là donc alors car maintenant toujours jamais après avant pendant depuis jusqu lors chaque`;
const spanish = `
el la los las lo un una unos unas y e o pero no ni yo tú él ella nosotros nosotras ustedes ellos ellas me te se nos os le les mi mis tu tus su sus nuestro nuestra
nuestros nuestras es son era eran ser fue fueron estoy está están estaba estar he has ha hemos han había hay tengo tiene tenía con para por sobre entre en de del a
al desde hasta sin que qué quién quiénes quien cuál cuáles cómo cuándo cuánto cuánta cuántos cuántas dónde porque cual como cuando donde este esta estos estas ese
esa esos esas eso esto más menos muy también ya si dije dijiste dijo conté mencioné mencionaste pregunté hablé hablamos
soy eres somos será sería seré fueron fui va vas voy vamos van iba puede puedo pude pudo debe debo había habían hube ahora antes después durante cada sobre algún alguna algo`;
const italian = `
il lo la i gli le un uno una e o ma non io tu lui lei noi voi loro mi ti si ci vi mio mia miei mie tuo tua tuoi tue suo sua suoi sue nostro nostra è sono era erano
essere ho hai ha abbiamo avete hanno avevo aveva con per di a da in su tra fra del dello della dei degli delle al allo alla ai agli alle dal dalla nel nella nei
nelle sul sulla che chi cui cosa come quando dove perché quale quali quanto quanta quanti quante più meno molto anche già se questo questa questi queste detto
raccontato menzionato chiesto parlato sei siamo siete stato stata stati fu fui sarà vado vai va andiamo vanno posso può devo deve adesso ora prima dopo durante ogni dall dell nell sull all quell`;
const portuguese = `
o a os as um uma uns umas e ou mas não eu tu ele ela nós você vocês eles elas me te se nos lhe meu minha meus minhas teu tua seu sua seus suas nosso nossa é são era
eram ser foi fui estou está estão estava estar tenho tem tinha com para por sobre entre em no na nos nas de do da dos das ao à aos pelo pela que quem qual quais como
quando onde porque quanto quanta quantos quantas mais menos muito também já se este esta estes estas isso isto disse disseste contei mencionei perguntei falei
somos será seria fomos foram vai vais vou vamos vão ia tive teve tinham pode posso deve devo agora antes depois durante cada sobre num numa nesse nessa nesta neste comigo`;
const dutch = `
de het een en of maar niet geen ik jij je hij zij ze wij we jullie u mij me jou hem haar ons hun mijn jouw zijn onze is ben bent was waren heeft heb hebt hebben had
hadden wordt worden werd kan kon moet zal zou wil met van te voor naar bij uit in op aan over om als dan dat dit deze die er wie wat waar wanneer waarom welke welk
hoe hoeveel veel meer ook nog al nu gezegd verteld genoemd gevraagd`;

const russian = `
что чего чему чем кто кого кому кем как какой какая какое какие какого какую какому каким какими где куда откуда когда почему зачем сколько чей чья я мы ты вы у в во на с со к о об от до по за
из для и а но или ли бы же не ни это эта этот эти мне меня мой моя моё мои нас наш говорил говорила сказал сказала рассказывал рассказывала упоминал спрашивал`;
const arabic = `
أنا نحن أنت هو هي هم ما ماذا من متى أين كيف لماذا هل كم أي أية أيّ الذي التي الذين في على إلى عن مع بين قبل بعد عند منذ حتى و أو ثم لكن أن إن لا لم لن ليس كان كانت كنت
يكون هذا هذه ذلك تلك هنا هناك لي لك له لها لنا لهم عندي عندنا لدي قلت ذكرت سألت قد كل بعض`;
const hindi = `
मैं हम तुम आप वह वे यह ये मुझे हमें उसे उन्हें मेरा मेरी मेरे हमारा हमारी हमारे आपका आपकी उसका उसकी क्या कौन कौनसा कौनसी किस किसने किसे किसको कब कहाँ कहां क्यों कैसे कैसा कैसी कितना
कितनी कितने जो का की के को से में पर तक ने और या लेकिन है हैं था थी थे हूँ हूं हो हुआ हुई हुए गया गई गए रहा रही रहे कहा बताया पूछा नहीं भी ही तो सी सा से लिए साथ बारे`;
const korean = `
나 내 내가 나를 저 제 제가 우리 우리가 너 네 그 그것 이 이것 저것 무엇 무엇을 무엇으로 무엇이 뭐 뭐라고 뭐였지 뭘 누구 누가 누구와 언제 어디 어디에 어디서 어디가 어디로 왜 어떻게 어떤 어느 얼마
얼마나 얼마를 몇 무슨 것 것은 것이 거 수 있는 있지 있나 있어 없는 했지 했나 했어 하지 하나 할 한 말했지 말했나 대해 대해서 그리고 지금 벌써 이미`;

const byTag: readonly (readonly [tag: string, words: string])[] = [
  ['de', german],
  ['fr', french],
  ['es', spanish],
  ['it', italian],
  ['pt', portuguese],
  ['nl', dutch],
  ['ru', russian],
  ['ar', arabic],
  ['hi', hindi],
  ['ko', korean],
];
const languages: readonly ReadonlySet<string>[] = byTag.map(([, words]) => new Set(words.trim().split(/\s+/)));

/**
 * The language most of these words are empty in, English among them; null where none has three, or two have as many.
 * @param words of a text, lower case
 */
export function languageByEmptyWords(words: readonly string[]): string | null {
  const said = [...new Set(words)];
  const counts = languages.map(
    (language, n) => [byTag[n]?.[0] ?? '', said.filter((word) => language.has(word)).length] as const,
  );
  counts.push(['en', said.filter((word) => stopWords.has(word)).length]);
  const [first, second] = counts.toSorted((a, b) => b[1] - a[1]);
  return first !== undefined && first[1] >= 3 && first[1] > (second?.[1] ?? 0) ? first[0] : null;
}

const english: ReadonlySet<string> = new Set([...stopWords, ...linking.trim().split(/\s+/)]);

/** Of all of them together: none names anything. */
export const functionWords: readonly string[] = languages.flatMap((words) => [...words]);

/** Words of a language from which a question is taken to be in it; one is enough where it is written as English never is. */
const enough = 2;

/**
 * Which language's empty words a question is told by, and which they are: those that say nothing in it are of the language most of its words
 * are of, of English where no other has more.
 * @param words of a question, lower case
 * @param asked the language, where that is known
 * @returns `language` null where nothing says that it is another than English
 */
export function questionTongue(
  words: readonly string[],
  asked: string | null = null,
): { language: string | null; empty: ReadonlySet<string> } {
  const place = byTag.findIndex(([tag]) => tag === asked);
  if (place >= 0) return { language: asked, empty: languages[place] ?? english };
  const said = [...new Set(words)];
  let best = english;
  let language: string | null = null;
  let most = said.filter((word) => stopWords.has(word)).length;
  for (const [n, words] of languages.entries()) {
    const own = said.filter((word) => words.has(word));
    if (own.length <= most || (own.length < enough && !own.some((word) => /[^\0-\x7f]/.test(word)))) continue;
    best = words;
    language = byTag[n]?.[0] ?? null;
    most = own.length;
  }
  return { language, empty: best };
}
