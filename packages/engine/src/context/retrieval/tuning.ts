/**
 * The numbers of retrieval: one set for every person, chosen on development sets of human–human chats in short turns and
 * human–assistant chats in long messages. docs/adr/0010 has the evidence, and what leaving corpora out does to it.
 * A number that only helps one kind of chat has no place here.
 */
export const tuning = {
  /**
   * How much a word counts for a message when it stands one, two, three messages away. A term counts once, where it
   * counts most: adding neighbours up instead lets a long exchange outrank the message that answers.
   */
  besides: [0.7, 0.35, 0.25],
  /**
   * The same for what follows a model's answer that says it: the answer tells what was asked before it, and less of what is said next.
   */
  behindAnswer: [0.6, 0.35, 0.2],
  /**
   * Words of a message at which its neighbours count half: a short turn leans on what is around it, a long message
   * stands alone. Measured for each message, so short chats and long ones may share a space.
   */
  standsAloneAt: 160,
  /** In chats with an assistant a person's own words carry most evidence. Weighed, never dropped. */
  humanWords: 2.5,
  humanMeaning: 1.7,
  /**
   * Share of meaning in the fused score, and what is added to it for a message the less it stands alone; the rest is
   * words. A short turn says little by its words; those of a long message tell more than one vector can.
   */
  meaning: { share: 0.35, leaning: 0.1 },
  /** How much of that share is left where a question is in letters the embedder was not made for: all texts in them are much alike to it. */
  foreignMeaning: 0.7,
  /**
   * Share of the weight of a question's words a message must hold to count in full by them. Where even the best holds less, words
   * count for less than meaning: a word or two of many are met anywhere.
   */
  wordsInFull: 0.7,
  /**
   * How much of the best similarity beside it a message that leans on its neighbours gets on top of its own; the longer the
   * neighbour, the less, because there is more in it that has nothing to do with this message.
   */
  meaningBeside: 0.35,
  /** How much of the score of what it answers a model's message gets on top of its own. */
  ofQuestion: 0.1,
  /** Where a question asks what was answered: how much more a model's words count than else, its vectors, what it answers. */
  asked: { words: 2, meaning: 2, ofQuestion: 0.5 },
  /**
   * The question's vector goes this far towards those of the first few found, and the nearest are compared again. What is followed has
   * this share of the best score.
   */
  feedback: { first: 3, weight: 0.3, answersFrom: 0.4 },
  /** Added to what was said at a time the question names; 1 is the best score of words and meaning. */
  time: 0.3,
  /** Messages looked at where a question asks for nothing but a time, those people wrote first. */
  saidThen: 400,
  /**
   * Where the question asks for how things are now: added to what was said last of what answers it, and less to what was said before; the
   * other way round where it asks for what was first.
   * What answers is what has this share of the best score: the newest of all that was found says something else.
   */
  recency: { most: 0.2, answersFrom: 0.5 },
  /** Added where an entity the question names is named, in whatever way of writing; less the more messages name it. */
  entity: 0.3,
  /** Units of an entity beyond which it tells nothing: it is named everywhere. */
  entityUnits: 2_000,
  /** Added to what a memory stands on that the question is about, or that says the very thing it asks of its person, in whatever words and language. */
  memory: { about: 0.1, says: 0.6 },
  /** Similarity below which two texts are unrelated, for the built-in embedder. */
  unrelated: 0.2,
  /** Similarity below which meaning alone finds nothing where messages say every word that is asked for. */
  close: 0.3,
  /** The best similarity must stand at least this far above `unrelated` to count in full. */
  telling: 0.15,
  /** Added when the person named in the question is the one who speaks; 1 is the best word score. */
  speaker: 0.3,
  /** BM25 of a term: how soon more of it stops to matter, and how much a message's length takes away. */
  bm25: { k1: 0.8, b: 0.75 },
  /** Matches read for one question: rare words first, and a word is left out where it would exceed this. */
  places: 8_000,
  /** However common, this many words are always used, each up to `places` matches. */
  leastTerms: 2,
  /** Messages a word may stand in and still be looked for as two: `roadtrip`, `road trip`. */
  rareTerm: 3,
  /** Messages the exact score is computed for. */
  pool: 400,
  /** Nearest vectors by sign bits that are compared exactly. */
  nearest: 300,
  /** Vectors kept in memory for search, 54 bytes each; the oldest beyond it are found by words alone. */
  mostVectors: 2_000_000,
  /** Milliseconds a question waits for its vector before words answer alone. */
  vectorPatienceMs: 150,
} as const;
