/**
 * How people say that something is decided, or still open, in a few languages. Data for {@link isDecision} and {@link isOpen}; pure.
 * What is missing here is told as something that was said, and is never told as what it is not.
 */

const decisions = [
  // English
  "let['’]s (?:go with|use|do|keep|stick|take|settle|call|make|drop|skip|move|start)|we(?:['’]ll| will| shall|['’]re going to| are going to) (?:buy|order|hire|pay|run|put|start|stop|send|add|change|go with|use|keep|stick|take|drop|skip|move|ship|call|store|host|build|meet|book|have|not)|we(?:['’]ll| will) do (?:that|it|this|so)|i(?:['’]ll| will|['’]m going to| am going to) (?:pay|hire|start|stop|send|go with|use|keep|stick with|take|drop|skip|switch|book|order|buy)|i(?:['’]ve| have)? (?:decided|chosen|settled|picked|booked|ordered|signed)|we(?:['’]ve| have)? (?:decided|chosen|agreed|settled|picked|booked|voted)|(?:it['’]s |is |are )?(?:decided|agreed|settled|final)\\b|decision:|going with|sticking with|we agreed|final (?:answer|decision|choice|version)|no more \\p{L}+, |instead of \\p{L}+[^.?!]* we|(?:was|were|is|has been|have been) (?:chosen|approved|rejected|dropped|cancelled|confirmed|booked|postponed|ruled out)|must(?: not| never)? be|from now on",
  // German
  'wir (?:nehmen|machen|bleiben|nutzen|verwenden|entscheiden uns|haben uns|lassen)|ich (?:nehme|bleibe bei|habe mich (?:für|gegen|entschieden)|entscheide mich)|beschlossen|entschieden|abgemacht|vereinbart|festgelegt',
  // French
  "on (?:part sur|garde|prend|utilise|reste sur|a décidé)|nous (?:avons décidé|prenons|gardons|utilisons)|j['’]ai (?:décidé|choisi)|c['’]est décidé|décision :",
  // Spanish, Portuguese
  'vamos con|nos quedamos con|usaremos|hemos decidido|decidí|decidimos|he decidido|queda decidido|vamos (?:usar|ficar) com|ficamos com|decidido',
].join('|');
const unspacedDecisions = '决定|就用|选定|確定|决定了|にします|に決め|しましょう|결정|하기로';

const opens = [
  "still (?:open|undecided|unclear|unsure|to decide|to be decided|need(?:s)? to (?:decide|figure|find|choose|check|ask|confirm|settle))|not (?:yet )?(?:sure|decided|clear|settled)(?: yet)?|haven['’]t (?:yet )?(?:decided|settled|figured|heard|chosen|picked|found)|has(?:n['’]t| not) (?:yet )?(?:been decided|answered|replied|confirmed)|open (?:question|issue|point)|to be (?:decided|determined|confirmed)|\\btbd\\b|\\btodo\\b|remains (?:open|to be|unclear)|(?:we|i|you)(?:['’]ll| will)? (?:have to|need to|should|must|can) (?:decide|figure out|find out|settle|revisit|come back to)|don['’]t know (?:yet|whether|if|how|which|what|who|when)|let['’]s (?:revisit|come back|decide (?:later|that later|on))|waiting (?:for|on|to hear)|unresolved|up in the air",
  'noch (?:offen|unklar|nicht (?:entschieden|klar|sicher))|offene frage|müssen (?:wir )?noch|wissen (?:wir )?noch nicht|weiß noch nicht',
  'pas encore (?:décidé|sûr|clair)|reste à (?:décider|voir|définir)|question ouverte|on ne sait pas encore|je ne sais pas encore',
  'todavía no|aún no|queda por|pendiente|por decidir|ainda não|em aberto|por definir',
].join('|');
const unspacedOpens = '还没|尚未|待定|未定|まだ決|아직';

const pattern = (spaced: string, unspaced: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${spaced})(?![\\p{L}\\p{N}])|${unspaced}`, 'iu');
const decided = pattern(decisions, unspacedDecisions);
const open = pattern(opens, unspacedOpens);
const asks = /[?？؟]["'”’)\]*_\s]*$/u;
/** What an assistant asks out of courtesy. */
const courtesy =
  /^(?:would you like|do you want me|shall i|should i (?:also|go|continue|write|add|show)|want me to|is there anything|anything else|does (?:that|this) (?:help|make sense|work|sound)|how does (?:that|this) (?:sound|look)|can i help|how can i|what do you think|möchtest du|soll ich|voulez-vous|veux-tu|quieres que|gostaria)/iu;

/** Whether a sentence says that something was decided. A question decides nothing. */
export const isDecision = (sentence: string): boolean =>
  !asks.test(sentence) && decided.test(sentence) && !open.test(sentence);
/** Whether a sentence says that something is still open. */
export const isOpen = (sentence: string): boolean => open.test(sentence);
/** Whether it asks something that wants to be known. */
export const isAsking = (sentence: string): boolean => asks.test(sentence) && !courtesy.test(sentence.trimStart());
