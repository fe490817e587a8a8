/**
 * What a person says without saying it of themselves: suppositions, other people's words, parts they play, texts they bring along.
 * Pure. Precision first: where a guard is in doubt, nothing is remembered. What holds for the moment only is `passing.ts`, other scripts
 * are `guards-of-scripts.ts`.
 */
import { bringingInScripts, broughtBefore, playingInScripts } from './guards-of-scripts.ts';

/** A clause that supposes, wishes, reports or asks. */
const supposed = new RegExp(
  [
    String.raw`\b(?:if|unless(?! i (?:ask|say|tell|request|want))|suppose|supposing|assume|assuming|imagine|pretend|hypothetically|what if|as if|as though|let's say|let us say|say i|wish i|what would|were i)\b[^.!]*\b(?:i|my|we)\b`,
    String.raw`\b(?:i|we) (?:would|could|might|may|should)(?:n't| not)? (?:have |be |live|work|move|become|say)`,
    String.raw`\b(?:for example|e\.g\.|example sentence|the character|the protagonist|the narrator|the user|the customer|the client|in the story|in my novel|in this scenario|role[- ]?play)\b`,
    // Reported.
    String.raw`\b(?:he|she|they|someone|somebody|everyone|people|my \p{L}+)(?:'s| has| have|)? (?:said|says|say|told|tells|claims|claimed|thinks|think|wrote|writes|asked|believes)\b`,
    String.raw`\b(?:according to|quoting|in the words of|the (?:article|email|letter|text|book|song|lyrics|quote|poem|post|tweet) says?)\b`,
    // German, French, Spanish, Portuguese, Italian.
    String.raw`\b(?:(?<!auch )wenn ich|falls ich|angenommen|stell dir vor|als ob ich|wäre ich|hätte ich|er sagt|sie sagt|beispielsatz)\b`,
    String.raw`(?<!\p{L})(?:si j['’e]|si je|imagine que|supposons|comme si|il dit que|elle dit que|par exemple)(?!\p{L})`,
    String.raw`(?<!\p{L})si (?:j['’]|je(?!\p{L}))`,
    String.raw`(?<!\p{L})(?:si yo|si fuera|si viviera|imagina que|supongamos|como si|él dice|ella dice|por ejemplo)(?!\p{L})`,
    String.raw`(?<!\p{L})(?:se eu|imagine que|suponha|suponhamos|como se eu|ele diz|ela diz|por exemplo)(?!\p{L})`,
    String.raw`(?<!\p{L})(?:se (?:io|vivessi|abitassi|fossi|lavorassi|avessi)|immagina(?:mo)? che|supponiamo|mettiamo che|come se|fingi che|lui dice|lei dice|mi[oa] \p{L}+ dice|per esempio|ad esempio)(?!\p{L})`,
  ].join('|'),
  'iu',
);

/** A clause that says somebody never said so, or what another takes them for. */
const denied = new RegExp(
  [
    String.raw`(?:\b(?:never|not|nobody|no one|none of us)|n['’]t)(?: \p{L}+){0,2} (?:said?|say|saying|claim(?:ed|ing)?|told|tell|telling|mean|meant|thinks?|thought|believed?|mention(?:ed)?|wrote|write|sure|certain|true|impl(?:ied|y)|suggest(?:ed)?|admitted)(?: (?:you|him|her|them|it|us|anyone|anybody|to \p{L}+))?(?: that|:|,)? ["“'‘]?(?:i|my|we|our)(?!\p{L})`,
    String.raw`\b(?:i|we) (?:doubt|deny|denied|lied|made up|pretended|invented)(?!\p{L})|\b(?:false|wrong|untrue|a lie|a mistake|incorrect) that (?:i|my|we)(?!\p{L})`,
    String.raw`\byou(?:['’](?:ve|re))?(?: (?:have|are|just|also|still|always|once|keep|seem to|wrongly|apparently)){0,2} (?:said|say|saying|think|thought|assume[ds]?|assuming|claim(?:ed)?|believed?|told|wrote|suppose[ds]?|impl(?:ied|y)|guess(?:ed)?|decided|concluded|noted|recorded|saved|have it)(?!\p{L})[^.!]*(?<!\p{L})(?:i|my|we)(?!\p{L})`,
    String.raw`(?<!\p{L})(?:nie(?:mals)?|nicht) (?:gesagt|behauptet|erwähnt|geschrieben|gemeint|wahr|richtig|sicher),? (?:dass )?(?:ich|meine?)(?!\p{L})|(?<!\p{L})stimmt nicht, dass (?:ich|meine?)(?!\p{L})|(?<!\p{L})(?:sagt|sagte|sagst|sagtest|behauptet|denkst|dachtest|meinst|meint|glaubst|glaubt),? (?:dass )?(?:ich|meine?)(?!\p{L})|(?<!\p{L})(?:gesagt|behauptet), (?:dass )?(?:ich|meine?)(?!\p{L})`,
    String.raw`(?<!\p{L})(?:(?:jamais|pas) (?:dit|prétendu|écrit|affirmé)|pas vrai|est faux|tu (?:as )?(?:dis|dit|penses|crois|cru|pensais|croyais)|vous (?:avez )?(?:dites|dit|pensez|croyez)|(?<!j['’]ai )(?<!je vous ai )dit|prétend) que (?:j|je|mon|ma)(?!\p{L})`,
    String.raw`(?<!\p{L})(?:non ho (?:mai )?(?:detto|scritto|affermato)|mai detto|non è vero|è falso|hai detto|dici|pensi|credi|pensavi|credevi|dice|dicono|ha detto|hanno detto) (?:che|di)(?!\p{L})`,
    String.raw`(?<!\p{L})(?:(?:nunca|no|jamás|não|nem) (?:te |le |lhe )?(?:he |tengo |tinha )?(?:dije|dicho|digo|dijo|mencioné|escribí|disse|falei|escrevi|afirmei|dizer)|no es (?:verdad|cierto)|não é verdade|es (?:falso|mentira)|é (?:falso|mentira)|dijiste|has dicho|dices|crees|piensas|disseste|achas?|pensas?|dizes|dice|dijo|dicen|diz|você disse|disseram) que(?!\p{L})`,
  ].join('|'),
  'iu',
);
export const isDenied = (clause: string): boolean => denied.test(clause);
export const isSupposed = (clause: string): boolean => supposed.test(clause) || isDenied(clause);

/** Somebody else is to be spoken as, or spoken for, in the rest of it. */
const playing = new RegExp(
  [
    String.raw`\b(?:act|behave|respond|speak|talk|answer) (?:as|like) (?:an?|the|if you|my|\p{Lu})`,
    String.raw`\b(?:pretend|imagine) (?:that |to be |you|i|we)`,
    String.raw`\brole[- ]?play`,
    String.raw`\b(?:play|take on|assume) the (?:role|part|persona|character)\b`,
    String.raw`\byou are (?:an?|the|my) (?:\p{L}+ ){0,3}(?:named|called|assistant|expert|teacher|tutor|dungeon|master|therapist|character|interviewer|bot|doctor|lawyer|coach|shopkeeper|king|queen|detective)\b`,
    String.raw`\b(?:write|continue|create|tell|draft|compose|give me) (?:\p{L}+ ){0,4}(?:story|scene|dialogue|monologue|poem|song|lyrics|speech|script|novel|chapter|letter|email|e-mail|essay|bio|biography|post|tweet|testimonial|review|persona|diary|cover letter|statement|resume|cv)\b`,
    String.raw`\bfrom the (?:perspective|point of view) of\b`,
    String.raw`\b(?:rollenspiel|spiele? die rolle|tu so als|schreib(?:e)? (?:mir )?eine? (?:geschichte|brief|gedicht|szene))`,
    String.raw`\b(?:jeu de rôle|joue le rôle|fais comme si|écris (?:une|un|moi) (?:histoire|lettre|poème|scène))`,
    String.raw`\b(?:juego de rol|actúa como|haz como si|escribe (?:una|un) (?:historia|carta|poema|escena))`,
    String.raw`\b(?:gioco di ruolo|fai finta|comportati come|scrivi(?:mi)? (?:una|un) (?:storia|lettera|poesia|scena))`,
    String.raw`\b(?:faz de conta|aja como|finja|escreva (?:uma|um) (?:história|carta|poema|cena))`,
  ].join('|'),
  'iu',
);
export function isPlaying(message: string): boolean {
  const head = message.slice(0, 4_000);
  return playing.test(head) || playingInScripts.test(head);
}

/** What is to be done to a text: the text itself follows, and is nobody's word of themselves. */
const bringing =
  /(?<!\p{L})(?:proof-?read|translate|summari[sz]e|rewrite|re-?phrase|paraphrase|edit|correct|fix|improve|polish|shorten|review|analy[sz]e|grade|check|classify|extract|critique|übersetze?|korrigiere?|zusammenfass\w*|traduis|corrige|résume|traduce|corrige|resume|traduza|corrija|resuma|traduci|correggi|riassumi)(?!\p{L})|(?<!\p{L})(?:here(?:'s| is| are)|this is|below is|the following|following is|hier ist|voici|aquí está|aqui está|segue)(?!\p{L}).{0,60}(?<!\p{L})(?:text|email|e-mail|letter|essay|article|message|transcript|post|draft|bio|paragraph|conversation|chat|cv|resume|notes|review|sentence|prompt|testimonial|story|log|quote|brief|aufsatz|lettre|texte|carta|texto|correo|mensagem)(?!\p{L})/iu;

/** From where on a message is a text somebody brought along; its length where it is none. Offsets in UTF-16. */
export function broughtFrom(message: string): number {
  const head = message.slice(0, 1_500);
  if (broughtBefore.test(head)) return 0;
  const found = bringing.exec(head) ?? bringingInScripts.exec(head);
  if (found === null) return message.length;
  const after = /[:：\n]|["“„«「『]/u.exec(message.slice(found.index));
  return after === null ? message.length : found.index + after.index;
}

/** Stretches between quotation marks, and of pasted mails and chats. */
const quoted = [
  /"[^"\n]{12,2000}"/g,
  /[“„«][^”“»\n]{4,2000}[”“»]/g,
  /[「『][^」』\n]{4,2000}[」』]/g,
  /(?<!\p{L})'[^'\n]{24,1000}'(?!\p{L})/gu,
  /^>.*$/gm,
  /^(?:from|to|subject|sent|cc|von|an|betreff|de|para|asunto|objet)\s?:.*$/gim,
  /^\s*(?:\[?\d{1,2}[:/.]\d{2}.*?\]?\s*)?(?:user|assistant|human|ai|interviewer|customer|client|speaker \d|q|a|[A-Z][a-z]+)\s?:\s.*$/gm,
];
export function quotedStretches(message: string): { start: number; end: number }[] {
  return quoted.flatMap((pattern) =>
    [...message.matchAll(pattern)].map(({ index, 0: { length } }) => ({ start: index, end: index + length })),
  );
}
