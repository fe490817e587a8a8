/**
 * What holds for one conversation only: what points at the text, the table, the version at hand, or says what is being talked about.
 * Pure. In doubt it is passing: what is said again elsewhere is found there. Other scripts are `guards-of-scripts.ts`.
 */
import { passingInScripts } from './guards-of-scripts.ts';

const edge = (words: string): RegExp => new RegExp(String.raw`(?<!\p{L})(?:${words})(?!\p{L})`, 'iu');
const english =
  'versions?|drafts?|options?|variants?|wordings?|phrasings?|paragraphs?|sentences?|sections?|chapters?|columns?|rows?|tables?|cells?|sheets?|spreadsheets?|files?|documents?|images?|pictures?|photos?|screenshots?|lists?|functions?|class(?:es)?|methods?|scripts?|snippets?|quer(?:y|ies)|code|diagrams?|charts?|graphs?|slides?|pages?|texts?|titles?|headlines?|logos?|designs?|layouts?|templates?|data ?sets?|examples?|exercises?|e-?mails?|letters?|essays?|articles?|posts?|poems?|story|stories|songs?|tasks?|ones?|cases?|chats?|conversations?|threads?|sessions?|messages?|prompts?|questions?|answers?|suggestions?|proposals?';
const numbered = 'first|second|third|fourth|fifth|last|previous|above|attached|other';
const german =
  '(?:Version|Fassung|Entwurf|Variante|Option|Vorschlag|Absatz|Satz|Abschnitt|Kapitel|Spalte|Zeile|Tabelle|Datei|Dokument|Bild|Liste|Funktion|Skript|Code|Text|Titel|Überschrift|Beispiel|Aufgabe|E-?Mail|Brief|Aufsatz|Artikel|Geschichte|Chat|Gespräch|Unterhaltung|Frage|Antwort|Fall|Mal)\\p{L}{0,3}';
const french =
  '(?:version|option|variante|brouillon|proposition|texte|paragraphe|phrase|section|chapitre|colonne|ligne|tableau|fichier|document|image|liste|fonction|script|code|titre|exemple|exercice|tâche|e-?mail|mail|courriel|lettre|article|histoire|conversation|discussion|question|réponse|cas|fois)s?';
const iberian =
  '(?:versión|versiones|versão|versões|opción|opção|variante|borrador|rascunho|propuesta|proposta|texto|párrafo|parágrafo|frase|sección|seção|capítulo|columna|coluna|fila|linha|línea|tabla|tabela|archivo|arquivo|ficheiro|documento|imagen|imagem|lista|función|função|código|título|ejemplo|exemplo|tarea|tarefa|correo|e-?mail|carta|artículo|artigo|historia|história|conversación|conversa|chat|pregunta|pergunta|respuesta|resposta|caso|vez)s?';

const passing = [
  edge(
    'in this (?:chat|conversation|thread|session|case|example|function|file|script|story|paragraph|sentence)|for (?:now|this one|this (?:chat|conversation|task|question|essay|email|post))|just this once|this time|for the rest of (?:this|the) (?:chat|conversation)',
  ),
  edge(String.raw`(?:this|these|those) (?:\p{L}+ )?(?:${english})`),
  edge('that (?:version|draft|one|table|column|row|paragraph|sentence|file|document|picture)'),
  edge(
    String.raw`the (?:${numbered}) (?:\p{L}+ )?(?:versions?|drafts?|options?|variants?|wordings?|paragraphs?|sentences?|chapters?|columns?|rows?|tables?|files?|documents?|images?|lists?|examples?|suggestions?|ones?)`,
  ),
  // What is being talked about.
  edge(
    `(?:we(?:['’]ll| will|['’]re| are)?(?: going to)?|let['’]?s|let us) (?:only |just )?(?:discuss(?:ing)?|(?:talk|speak|chat|work|focus|concentrate|continue|move|switch|look|deal)(?:ing)? (?:only )?(?:about|on|over|of|to|with|at))`,
  ),
  edge(`from now on,? you(?:['’]re| are| will be) (?:an?|my|the|called|named|dan)`),
  edge(
    '(?:reden|sprechen|diskutieren) wir (?:nur |jetzt )?über|wir (?:reden|sprechen|diskutieren) über|geht es (?:nur )?um',
  ),
  edge(String.raw`(?:on|nous)(?: va| allons)? (?:parler?|parlons|parlerons|discut\p{L}+) (?:de|du|des|sur)`),
  edge(String.raw`(?:on|nous)(?: va| allons)? (?:parler?|parlons|discut\p{L}+) d['’]\p{L}+`),
  edge('(?:hablamos|hablaremos|vamos a hablar|hablemos|falamos|falaremos|vamos falar|falemos) (?:de|del|sobre|do|da)'),
  // This and that in German, French, Spanish, Portuguese and Italian.
  edge(String.raw`(?:dies|jen)(?:e[nmrs]?) (?:\p{L}+ )?${german}|diesmal|vorerst|fürs erste|nur heute`),
  edge(String.raw`ce(?:t|tte|s)? (?:\p{L}+ )?${french}|pour l['’]instant|pour le moment`),
  edge(
    String.raw`(?:est[ea]s?|es[ea]s?|[nd]?est[ea]s?|[nd]?ess[ea]s?) (?:\p{L}+ )?${iberian}|por ahora|por enquanto|por agora|de momento`,
  ),
  edge(
    'quest[oaie] (?:volta|versione|testo|bozza|frase|risposta|paragrafo|capitolo|tabella|file|documento|immagine|lista|conversazione|chat)|per ora|per adesso|per il momento',
  ),
];
export const isPassing = (clause: string): boolean =>
  passing.some((pattern) => pattern.test(clause)) || passingInScripts.test(clause);

/** What was preferred or liked is one of the texts or drafts at hand. */
const atHand = [
  edge(
    String.raw`(?:the|your|its) (?:\p{L}+ ){0,2}(?:versions?|drafts?|options?|variants?|wordings?|phrasings?|suggestions?|proposals?|paragraphs?|sentences?|titles?|headlines?|intro|introduction|ending|conclusion|rewrite|edits?|revision|logo|layout|colou?r scheme)`,
  ),
  edge(
    String.raw`the (?:latter|former|first|second|third|last|other|shorter|longer|simpler|newer|older|original)(?=[.,!]|$| (?:over|to|instead|because|since)(?!\p{L}))`,
  ),
  edge('(?:option|version|variant|choice|draft|number) (?:[a-e]|\\d|one|two|three)'),
  edge(
    String.raw`(?:d(?:ie|er|as|en|em)|deine[nmrs]?) (?:\p{L}+ )?(?:Version|Fassung|Entwurf|Variante|Option|Vorschlag|Absatz|Satz|Titel|Überschrift)\p{L}{0,2}|(?:Option|Version|Variante) (?:[a-e]|\d)`,
  ),
  edge(
    String.raw`(?:la|le|les|l['’]|ta|ton|votre) ?(?:\p{L}+ )?(?:version|option|variante|brouillon|proposition|paragraphe|phrase|titre)s?|celle-ci|celui-ci|celle-là|celui-là`,
  ),
  edge(
    String.raw`(?:la|el|las|los|tu|a|o|as|os|tua|sua) (?:\p{L}+ )?(?:versión|versiones|versão|versões|opción|opção|variante|borrador|rascunho|propuesta|proposta|párrafo|parágrafo|frase|título)s?`,
  ),
  edge(
    `(?:d(?:ie|er|as|en)|la|le|el|a|o) (?:erste|zweite|dritte|letzte|andere|première|premier|deuxième|seconde|second|troisième|dernière|dernier|primera|primero|segunda|segundo|tercera|tercero|última|último|primeira|primeiro|terceira|terceiro)n?(?=[.,!]|$)`,
  ),
];
export const isAtHand = (clause: string): boolean => atHand.some((pattern) => pattern.test(clause));
