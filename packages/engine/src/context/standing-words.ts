/**
 * Telling a standing wish from a passing one: "always answer in metric" holds tomorrow, "make it shorter" does not.
 * Pure. Knows the plain words for it in a few languages; a model may know better later.
 */
import type { AcuType } from '@vivim/contract/acu';

const spaced = [
  // English
  'always|never|from now on|going forward|by default|in (the )?future|whenever|every time|each time|at all times|in general|as a rule|keep in mind|remember (that|to|i)|please remember|don.t ever|stop (using|doing|adding|writing|saying)|i (really |strongly |usually |generally )?prefer|i.d prefer|i (don.t |do not )?like|i love|i hate|i dislike|i want you to|i.d like you to|i would like you to|i expect you to|when(ever)? i ask|for all (my|your|future)|in all (my|your|future)',
  // German, French, Spanish, Italian, Portuguese, Dutch
  'immer|nie(mals)?|ab jetzt|ab sofort|künftig|grundsätzlich|ich bevorzuge|ich mag',
  'toujours|jamais|désormais|dorénavant|par défaut|je préfère|j.aime',
  'siempre|nunca|jamás|de ahora en adelante|por defecto|prefiero|me gusta',
  'sempre|mai più|d.ora in poi|preferisco|preferisco|mi piace',
  'sempre|nunca|a partir de agora|por padrão|prefiro|gosto de',
  'altijd|nooit|voortaan|standaard|ik heb liever|ik geef de voorkeur',
  // Russian, Ukrainian, Polish
  'всегда|никогда|отныне|впредь|по умолчанию|я предпочитаю|завжди|ніколи|відтепер|zawsze|nigdy|od teraz|domyślnie|wolę',
].join('|');
const unspaced =
  '总是|總是|始终|始終|永远|永遠|从现在开始|從現在開始|以后都|以後都|我喜欢|我喜歡|我更喜欢|默认|いつも|常に|必ず|今後|これからは|好き|항상|언제나|절대|앞으로|기본적으로|선호|सदैव|हमेशा|कभी नहीं|دائما|دائمًا|أبدا|أفضل';
const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${spaced})(?![\\p{L}\\p{N}])|${unspaced}`, 'iu');

/** Whether a unit of this type says something that holds beyond its conversation. A preference does unless it is a question. */
export function isStanding(type: AcuType, text: string): boolean {
  if (type === 'personal_fact') return true;
  if (type === 'preference') return !text.trimEnd().endsWith('?');
  return type === 'instruction' && pattern.test(text);
}
