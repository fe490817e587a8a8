/** English words whose other forms no ending tells: verbs that change their vowel, nouns that change for many. */

const lists = `
become became|begin began begun|bend bent|bite bit bitten|bleed bled|blow blew blown|break broke broken|breed bred|bring brought
build built|burn burnt|buy bought|catch caught|choose chose chosen|come came|creep crept|deal dealt|dig dug|draw drew drawn
dream dreamt|drink drank drunk|drive drove driven|eat ate eaten|fall fell fallen|feed fed|feel felt|fight fought|find found
fly flew flown flies|forget forgot forgotten|forgive forgave forgiven|freeze froze frozen|get got gotten|give gave given
go went gone goes going|grow grew grown|hang hung|hear heard|hide hid hidden|hold held|keep kept|kneel knelt|know knew known
lay laid|lead led|learn learnt|leave left|lend lent|light lit|lose lost|make made|mean meant|meet met|pay paid|ride rode ridden
ring rang rung|rise rose risen|run ran|say said|see saw seen|seek sought|sell sold|send sent|sew sewn|shake shook shaken
shine shone|shoot shot|show shown|shrink shrank shrunk|sing sang sung|sink sank sunk|sit sat|sleep slept|slide slid|speak spoke spoken
spend spent|spin spun|stand stood|steal stole stolen|stick stuck|strike struck|swear swore sworn|sweep swept|swim swam swum
take took taken|teach taught|tear tore torn|tell told|think thought|throw threw thrown|understand understood|use used uses using
wake woke woken|wear wore worn|weave wove woven|win won|write wrote written|die died dies dying|lie lying|tie tied ties tying
child children|person people|man men|woman women|foot feet|tooth teeth|mouse mice|goose geese|life lives|wife wives|knife knives
leaf leaves|half halves|shelf shelves|wolf wolves|loaf loaves|calf calves|thief thieves|analysis analyses|thesis theses
crisis crises|hypothesis hypotheses|criterion criteria|phenomenon phenomena|index indices|matrix matrices|vertex vertices
appendix appendices`;

/** Form → the word it is a form of. What is a word of its own besides ("rose", "saw", "left") is found as itself too. */
export const irregularForms: ReadonlyMap<string, string> = new Map(
  lists
    .trim()
    .split(/[|\n]/)
    .flatMap((line) => {
      const [base = '', ...forms] = line.trim().split(' ');
      return forms.map((form) => [form, base] as const);
    }),
);

/** Forms that tell of what is past: the verbs of the list, all before "child", less what is also said of now. */
export const irregularPast: ReadonlySet<string> = new Set(
  lists
    .slice(0, lists.indexOf('child children'))
    .trim()
    .split(/[|\n]/)
    .flatMap((line) => line.trim().split(' ').slice(1))
    .filter((form) => !/(?:ing|es)$/.test(form)),
);
