/**
 * What people say of themselves in Hindi, simply, as rules. Data; see `memory-rule.ts`. Signs of vowels are marks and belong to the word;
 * the verb stands last, and so does its "no".
 */
import { givenNames } from '../../profiles/names-of-scripts.ts';
import type { MemoryRule } from './memory-rule.ts';

const start = '(?<![\\p{L}\\p{M}])';
const end = '(?![\\p{L}\\p{M}])';
const now = '(?:(?:अब|अभी|फिलहाल|आजकल) )?';
const one = '(?<value>(?!यहाँ|वहाँ|घर|शहर|गाँव)[\\p{L}\\p{M}]{2,20}(?: [\\p{L}\\p{M}]{2,20})?)';
const word = '(?<value>[\\p{L}\\p{M}]{2,20})';
const am = '(?:हूँ|हूं)';
const kin = 'पत्नी|पति|बेटी|बेटे|माँ|पिता|भाई|बहन|मैनेजर|कुत्ते|बिल्ली|दादी|नानी|मंगेतर';

const said = (source: string): RegExp => new RegExp(`${start}(?:${source})`, 'u');

export const hindi: readonly MemoryRule[] = [
  {
    kind: 'relation',
    text: '{what}: {value}',
    confidence: 0.75,
    pattern: said(
      `(?:मेरी |मेरे |हमारी |हमारे |^)(?<what>पत्नी|पति|बेटी|बेटे|बेटा|भाई|बहन) (?<value>${givenNames.hi?.join('|')})${end}`,
    ),
  },
  {
    kind: 'fact',
    attribute: 'home',
    text: '{value} में रहना',
    confidence: 0.85,
    pattern: said(`(?:मैं|हम) ${now}${one} में (?:रहता|रहती|रहते) (?:${am}|हैं)${end}`),
  },
  {
    kind: 'fact',
    attribute: 'home',
    text: '{value} में रहना',
    confidence: 0.8,
    pattern: said(`(?:मैं|हम) (?:अभी |हाल ही में |पिछले महीने )?${word} (?:शिफ्ट|शिफ़्ट) (?:हो गया|हो गई|हो गए)${end}`),
  },
  {
    kind: 'fact',
    attribute: 'birthplace',
    text: 'जन्म {value} में',
    confidence: 0.85,
    pattern: said(`(?:मेरा जन्म ${word} में हुआ|मैं ${word} में पैदा (?:हुआ|हुई))${end}`),
  },
  {
    kind: 'fact',
    attribute: 'employer',
    text: '{value} में काम',
    confidence: 0.8,
    pattern: said(`मैं ${now}(?!घर|एक|ऑफिस|दफ़्तर|रात)${one} में (?:काम|नौकरी) (?:करता|करती) ${am}${end}`),
  },
  {
    kind: 'fact',
    attribute: 'occupation',
    text: 'पेशा: {value}',
    confidence: 0.75,
    pattern: said(
      `मैं ${now}(?:एक )?(?<value>नर्स|डॉक्टर|शिक्षक|शिक्षिका|अध्यापक|अध्यापिका|इंजीनियर|वकील|अकाउंटेंट|डिज़ाइनर|छात्र|छात्रा|किसान|ड्राइवर|पत्रकार|अनुवादक|प्रोग्रामर|रसोइया) ${am}${end}`,
    ),
  },
  { kind: 'fact', attribute: 'name', text: 'नाम: {value}', confidence: 0.85, pattern: said(`मेरा नाम ${one} है${end}`) },
  {
    kind: 'fact',
    attribute: 'age',
    text: 'उम्र: {value}',
    confidence: 0.8,
    pattern: said(`(?:मैं (?<value>\\d{1,2}) साल (?:का|की) ${am}|मेरी उम्र (?<value>\\d{1,2}) (?:साल|वर्ष) है)${end}`),
  },
  {
    kind: 'fact',
    attribute: 'allergy:{value}',
    says: 'yes',
    text: '{value} से एलर्जी',
    confidence: 0.9,
    pattern: said(`मुझे ${one} से (?:बहुत |गंभीर )?एलर्जी है${end}`),
  },
  {
    kind: 'fact',
    attribute: 'allergy:{value}',
    says: 'no',
    text: '{value} से एलर्जी नहीं',
    confidence: 0.8,
    pattern: said(`मुझे ${one} से (?:कोई )?एलर्जी नहीं है${end}`),
  },
  {
    kind: 'fact',
    attribute: 'diet',
    text: 'खान-पान: {value}',
    confidence: 0.85,
    pattern: said(`मैं ${now}(?:शुद्ध )?(?<value>शाकाहारी|वीगन) ${am}${end}`),
  },
  {
    kind: 'fact',
    attribute: 'eats:{value}',
    says: 'no',
    text: '{value} नहीं लेना',
    confidence: 0.8,
    pattern: said(
      `मैं (?<value>मांस|मछली|अंडा|अंडे|दूध|प्याज़|प्याज|लहसुन|चीनी|शराब|मूँगफली|ग्लूटेन|कॉफ़ी) नहीं (?:खाता|खाती|पीता|पीती)${end}`,
    ),
  },
  {
    kind: 'relation',
    text: '{what}: {value}',
    confidence: 0.85,
    pattern: said(`(?:मेरी|मेरे|हमारी|हमारे) (?<what>${kin}) का नाम ${one} है${end}`),
  },
  {
    kind: 'relation',
    text: '{value}',
    confidence: 0.75,
    pattern: said(`(?:मेरे|हमारे) (?<value>(?:दो|तीन|चार) बच्चे|(?:दो|तीन) (?:बेटे|बेटियाँ)) हैं${end}`),
  },
  {
    kind: 'fact',
    text: '{value}',
    confidence: 0.8,
    pattern: said(
      `(?:मुझे (?<value>मधुमेह|डायबिटीज़|अस्थमा|दमा|हाई बीपी) है|मैं (?<value>बाएँ हाथ से लिखता|बाएँ हाथ से लिखती) ${am})${end}`,
    ),
  },
  {
    kind: 'fact',
    attribute: 'smoking',
    says: 'quit',
    text: 'सिगरेट छोड़ दी',
    confidence: 0.8,
    pattern: said(`मैंने (?:\\d{4} में |पिछले साल )?(?:सिगरेट|धूम्रपान) (?:छोड़ दी|छोड़ दिया|पीना छोड़ दिया)${end}`),
  },
  {
    kind: 'goal',
    text: 'लक्ष्य: {value}',
    confidence: 0.75,
    pattern: said(`(?:मेरा|इस साल मेरा) (?:लक्ष्य|सपना) (?<value>[^।.!?\\n]{3,60}?) है${end}`),
  },
  {
    kind: 'preference',
    attribute: 'likes:{value}',
    says: 'yes',
    text: '{value} पसंद',
    confidence: 0.65,
    pattern: said(`मुझे (?!यह|ये|वह|आपका|दूसरा|पहला|यही)${one} (?:बहुत )?पसंद (?:है|हैं)${end}`),
  },
  {
    kind: 'preference',
    attribute: 'likes:{value}',
    says: 'no',
    text: '{value} नापसंद',
    confidence: 0.7,
    pattern: said(`मुझे (?!यह|ये|वह|आपका|दूसरा|पहला|यही)${one} (?:(?:बिल्कुल )?पसंद नहीं(?: है| हैं)?|नापसंद (?:है|हैं))${end}`),
  },
  {
    kind: 'instruction',
    confidence: 0.85,
    pattern:
      /^(?:कृपया )?(?:हमेशा|अब से|आगे से) [^?।\n]{2,100}(?:दो|दें|दीजिए|करो|करें|कीजिए|लिखो|लिखें|लिखिए|बताओ|बताएँ|बताइए|रखो|रखें|बुलाओ|बुलाएँ)(?![\p{L}\p{M}])/u,
  },
  {
    kind: 'instruction',
    confidence: 0.55,
    alone: true,
    pattern:
      /^(?:कृपया )?(?:इमोजी|टेबल|सूची|बुलेट पॉइंट|शीर्षक)(?: का)? (?:इस्तेमाल |उपयोग |प्रयोग )?(?:मत|न) (?:करो|करें|कीजिए|लगाओ|लगाएँ|डालो)[।.!]?$/u,
  },
];
