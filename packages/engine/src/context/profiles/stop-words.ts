/**
 * Words that name nothing: function words of the common languages, everyday English verbs and qualities, and nouns too
 * wide to be a topic alone. They say what is *not* a topic; no list here says what is one.
 */
import { functionWords as functionWordsOfQuestions } from '../retrieval/function-words.ts';
import { stopWordsOfScripts, wideNounsOfScripts } from './stop-words-of-scripts.ts';

const split = (words: string): string[] => words.trim().split(/\s+/);

const functionWords = split(`
a about above across actually after again against ago ah ain't all almost alone along already also although always am
among amount an and another any anybody anymore anyone anything anyway anywhere apart are aren't around as aside at away
back barely basically be became because become becomes been before behind being below beside besides best better between
beyond both but by can can't cannot could couldn't definitely did didn't do does doesn't doing don't done down due during
each eg either else enough entirely especially etc even ever every everybody everyone everything everywhere exactly except
far few fewer finally first following for forth forward from further furthermore generally gonna gotta had hadn't
hardly has hasn't have haven't having he he'd he'll he's hello hence her here here's hers herself hey hi him himself his
how how's however i i'd i'll i'm i've ie if immediately in indeed initially inside instead into is isn't it it'd it'll it's
its itself just kinda last later latter least less lest let's like likely likewise little lot lots mainly many may maybe
me meanwhile might mine more moreover most mostly much must mustn't my myself namely near nearly neither never
nevertheless next no nobody none nonetheless nope nor normally not nothing now nowhere obviously of off oh ok okay on once
one ones only onto or other others otherwise ought our ours ourselves out outside over overall own per perhaps please plus
possibly probably quite rather really recently regarding respectively right same second see several shall shan't she she'd
she'll she's should shouldn't simply since so some somebody somehow someone something sometime sometimes somewhat
somewhere soon still such sure than thank thanks that that'd that'll that's the their theirs them themselves then there
there'd there'll there's thereby therefore these they they'd they'll they're they've third this those though three through
throughout thus till to together too toward towards truly twice two u under unfortunately unless unlike until up upon us
usually various very via vs was wasn't way we we'd we'll we're we've well were weren't what what's whatever when when's
whenever where where's whereas wherever whether which while who who'd who's whoever whole whom whose why why's will with
within without won't would wouldn't wow ya yeah yep yes yesterday yet you you'd you'll you're you've your yours yourself
yourselves yup today tomorrow tonight four five six seven eight nine ten hundred thousand million
im ive dont doesnt cant wont didnt isnt thats whats lets youre gotcha hmm haha lol btw pls plz etc. e.g i.e bye congrats wanna ahead often yay aww ugh
monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october
november december jan feb mar apr jun jul aug sep sept oct nov dec am pm`);

const otherLanguages = split(`
der die das den dem des ein eine einen einem einer und oder aber nicht ich du er sie es wir ihr mich dich ist sind war
waren hat haben hatte wird werden wurde kann können muss müssen soll sollen will wollen mit von zu zum zur im am auf für
bei aus nach über unter vor wie was wer wo wann warum welche welcher mein meine dein deine sein seine auch noch nur schon
sehr mehr als wenn dass weil kein keine bitte danke ja nein man so dann doch mal einfach gibt geht machen
le la les un une des du de et ou mais ne pas je tu il elle nous vous ils elles est sont était être avoir a ai ont avec
pour par sur dans en au aux ce cette ces mon ma mes ton ta tes son sa ses que qui quoi dont où comment pourquoi quand plus
moins très bien aussi merci oui non faire peux peut comme tout tous
el los las unos unas y o pero no yo tú él ella nosotros es son era ser estar está tengo tiene con para por sobre entre del
al este esta estos estas mi mis tu tus su sus qué quién cómo cuándo dónde porque muy más también gracias sí hacer puedo
puede lo se
il lo gli uno e ma io lui lei noi voi loro è sono essere avere ho ha con per di da nel nella che chi come quando dove
perché molto più anche grazie questo questa mio mia
os as um uma eu ele ela nós você é são ser ter tenho com para em no na do da que como quando onde muito mais também
obrigado isso este esta meu minha não
het een van ik jij hij zij wij niet ook maar met voor naar bij uit als dan dit dat deze die mijn jouw zijn hebben heeft kan
kunnen hoe wat waar wanneer`);

/** Verbs by their base form; the regular forms follow from it. */
const verbs = split(`
achieve add address adjust advise affect aim allow answer apply appear appreciate approach ask assist assume attempt avoid
base belong care carry cause change check choose clarify clean close combine come compare complete concern confirm connect
consider consist contain continue contribute convert copy cover create deal decide define deliver demonstrate depend
describe determine develop differ discuss display divide document draft drop ease edit elaborate emphasize enable encourage
end engage enhance enjoy ensure establish evaluate evolve examine exist expand expect experience explain explore express
extend face fail feature figure fill finish fit fix focus follow force format gain gather generate give go grow guess handle
happen help highlight hope identify imagine implement imply improve include increase incorporate indicate influence inform
inspire integrate intend introduce involve join keep kill lack last learn leave let lie list live load look love maintain
make manage matter mean meet mention mind modify move need note notice obtain occur offer open operate optimize organize
overcome pay perform pick place plan play pose post prefer prepare present prevent proceed process produce promise promote
propose protect prove provide pull push put raise reach react realize receive recommend reduce refer reflect regard relate
rely remain remember remind remove rename repeat replace reply represent request require resolve respond result return
reveal review run save say seek seem select send separate serve set share show simplify solve sound speak specify spend
stand start state stay stick stop struggle submit succeed suggest suit support suppose switch tailor take talk teach tell
tend test thank think tie track treat try turn understand update use utilize vary verify view visit wait walk want warn
wear wish wonder work worry write get got know like believe feel hear find call run become begin bring build break buy
come cut fall hit hold lose pass read sell sit win excite amaze proceed streamline leverage foster facilitate accommodate
recognize outline summarize ensure align initialize adopt assess aim ease click navigate tackle boost refine relax calculate configure monitor debug catch draw
prioritize accept agree wake visualize practice compel customize refresh struggle explore reply guide lead order
deploy commit quit fight analyze analyse cook retrieve fetch merge push parse render restart upgrade downgrade measure compute
transform translate brainstorm rewrite proofread paraphrase rephrase troubleshoot familiarize celebrate gift
watch chase communicate arrange classify intersect exceed strengthen reward craft spread motivate heartwarm pursue secure`);

const irregular = split(`
became become began begun brought built bought broke broken came chose chosen cut fell fallen felt found gave given gone got
gotten went grew grown heard held hit kept knew known led left lost made meant met paid ran read said sat saw seen sent set
shown sold spent spoke spoken stood taken taught told thought took tried understood won wore worn wrote written been seeing being
running getting setting putting letting beginning cutting hitting sitting stopping planning planned stopped dropped`);

const qualities = split(`
able accurate additional afraid available awesome aware bad balanced basic beautiful big bit bright brief broad busy calm
careful certain cheap clean clear clever close cold comfortable common complete complex complicated comprehensive
confident consistent cool correct crazy creative critical crucial curious current cute dark deep detailed different
difficult direct early easy effective efficient enjoyable entire essential exact excellent excited exciting extra
extremely fair familiar famous fancy fantastic fast favorite favourite final fine flexible fresh full fun funny future
general gentle glad good grateful great greater greatest happy hard harder healthy heavy helpful high higher highest huge
ideal immediate important impressive incredible individual initial inspiring intense interested interesting key kind
large larger largest late latest lead limited local long longer loud low lower lowest lucky main major massive maximum
meaningful mid minimum minor modern multiple natural necessary negative new newer nice normal notable numerous obvious odd
old older open optimal optional ordinary original overall particular perfect personal pleasant pleased poor popular
positive possible potential powerful practical precise present pretty previous primary prior proper proud quick quickly
quiet rare raw ready real realistic reasonable recent regular related relevant reliable remarkable rich sad safe senior
sensitive separate serious short sick significant silly similar simple single slight slow small smaller smart smooth soft
solid sorry special specific stable standard straight strange strong stunning successful sudden suitable super surprising
sweet tall tasty terrible thankful thorough tight tiny tired total tough traditional tricky true typical unable unique
upcoming useful usual valid valuable vast visible vital warm weird welcome wide wild wonderful worried worse worst worth
wrong young super absolutely certainly closely completely directly easily effectively efficiently eventually fairly
fully greatly highly instead naturally perfectly properly quickly significantly slightly slowly smoothly specifically
totally unique custom free stuck easier easiest faster lightweight daily weekly monthly equal peaceful uplifting resilient alive
invalid shorter longer mock heartwarming standout blast interactive dynamic innovative related compelling stressful grounded wonderful lovely adorable sweet cozy feasible contemporary sentient online offline
trans manual automatic random vintage remote hybrid global virtual robust seamless overwhelming engaging challenging amazing`);

/** Nouns too wide to be a topic alone; beside another word they may be part of one. */
const wideNouns = split(`
ability action addition advantage advice age aim amount answer approach area article aspect attempt attention author
background balance base basis beginning behavior behaviour benefit bit block body book bottom box boy break bunch business
button call case category cause center centre challenge chance change chapter character chat check child children choice
class code column comment community company comparison component concept concern condition confidence connection content
context control conversation copy core corner cost country couple course customer data date day deal decision default
definition degree description design desire detail development difference difficulty direction discussion document dog
door dream edge effect effort element email end energy environment error event evening example excerpt exercise experience
explanation expression eye face fact factor family fan favorite feature feedback feeling field file film fix flow folder
food form format friend front fun function future game girl goal ground group guidance guide guy hand head heart help hey
hint home hour house idea image impact improvement info information input insight instance instruction interest interface
issue item job journey key kid kind knowledge language layout level life light limit line link list location log loop loss
man management manner mark matter max meaning measure meeting member memory mention message method middle mind minute
mistake model module moment money month morning motivation move movie music name nature need night node note number object
objective one opinion opportunity option order organization outcome output overview page paragraph parameter part party
past path pattern people performance period person perspective phase phone photo phrase picture piece place plan player
plenty point position possibility post power practice preference preparation presence price principle problem procedure
process product progress project prompt property purpose quality question range rate reader reason reference regard
relationship report request research resource respect response result return review right risk role room routine row rule
sake sample scene schedule school scope scenario score script search section selection sense sentence series server
service set setting setup shape share show side sign situation size skill snippet solution sort sound source space
specification spot staff stage start state statement step stop story strategy string structure student stuff style
subject success suggestion summary support surface system table talk target task team technique technology term test text
theme theory thing thought time timeline tip title today tone tool top topic touch track trip trouble truth try turn type
understanding unit update usage use user value variable variety version view vibe visit voice wait walk want way website
week weekend while win woman word work worker world year yesterday yet line kid adventure video app application
assistant ai bot chatgpt claude gpt tbh image photo painting requirement priority expectation motivation consideration half blue red green yellow brown black white pink purple orange grey gray
logic mechanism attribute tag library store color colour metric deadline importance acceptance encouragement courage creativity
emotion beauty kindness positivity friendship act average sum distance timing timestamp city town neighborhood neighbourhood street road summer winter spring autumn
overview tutorial suggestion coverage configuration integration optimization production desktop mobile schema record header footer package scale notation formula
analysis visualization artifact fixture match filter color bill chart grid query store logic peace accident festival online
euro euros dollar pound usd eur gbp cent percent celsius fahrenheit kelvin degree gram kilogram kilo liter litre meter metre kilometer mile inch hour minute second ui ux id
pic fam biz reminder passion strength joy luck bond mindset implementation functionality capability complexity clarity efficiency effectiveness consistency potential excitement`);

/** Verbs that are nouns at the end of a phrase: "tax return", "error handling". Never at its beginning, never alone. */
const verbalNouns = split(`
return plan planning test testing design report reporting search research travel study handling writing reading building
review release update support request tracking order check call process processing format purchase display approach
management checking setting setup sharing streaming scheduling loading playing teaching learning caring keeping drawing
spending giving making cutting lifting shopping hosting sorting matching planning mapping modeling`);

function* forms(verb: string): Generator<string> {
  yield verb;
  const stem = verb.endsWith('e') ? verb.slice(0, -1) : verb;
  if (/[^aeiou]y$/.test(verb)) {
    yield `${verb.slice(0, -1)}ies`;
    yield `${verb.slice(0, -1)}ied`;
  } else {
    yield /(?:s|x|z|ch|sh|o)$/.test(verb) ? `${verb}es` : `${verb}s`;
    yield `${stem}ed`;
  }
  yield `${stem}ing`;
}

/** Words that may only end a phrase, after a word that stands. Lower case, singular. */
export const lastWords: ReadonlySet<string> = new Set(verbalNouns);

/** What sort of help is asked for, and no part of what it is asked about: "sourdough baking tips". */
const kindsOfHelp = split(`
tip tips option options overview guide guides idea ideas suggestion suggestions explanation introduction summary discussion tutorial basics advice recommendation
recommendations request requests inquiry assistance example examples question questions faq`);

/** Forms of verbs that open the name of a thing: "running shoes", "walking boots". */
const opening = split('running cooking walking moving selling speaking living waiting standing');
const opens = new Set(opening);

/** Words no phrase holds. Lower case. */
export const stopWords: ReadonlySet<string> = new Set(
  [
    ...functionWords,
    ...otherLanguages,
    ...functionWordsOfQuestions,
    ...stopWordsOfScripts,
    ...irregular,
    ...qualities,
    ...kindsOfHelp,
    ...verbs.flatMap((verb) => [...forms(verb)]),
  ].filter((word) => !opens.has(word)),
);

/**
 * Those of them that are no verb and no quality of English: for a text that is known to be in another language, where "natural" and
 * "general" may be part of a name.
 */
export const stopWordsBeyondEnglish: ReadonlySet<string> = new Set([
  ...functionWords,
  ...otherLanguages,
  ...functionWordsOfQuestions,
  ...stopWordsOfScripts,
  ...kindsOfHelp,
]);

/** Words that may stand in a phrase and are none alone. Lower case, singular. */
export const genericWords: ReadonlySet<string> = new Set([...wideNouns, ...wideNounsOfScripts, ...opening]);
