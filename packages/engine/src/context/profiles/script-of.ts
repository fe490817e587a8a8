/** Scripts whose names no capital tells. Pure. */

export type Script = 'ja' | 'zh' | 'ko' | 'ar' | 'hi';

/** In which of these a text is written, as far as names go; null where capitals tell. */
export function scriptOf(text: string): Script | null {
  // Nearly all text has none of them.
  if (!/[\u0621-\u064a\u0904-\u0939\u3041-\u30ff\u4e00-\u9fff\uac00-\ud7a3]/.test(text)) return null;
  if (/[\u3041-\u30ff]/.test(text)) return 'ja';
  if (/[\uac00-\ud7a3]/.test(text)) return 'ko';
  if (/[\u4e00-\u9fff]/.test(text)) return 'zh';
  if (/[\u0621-\u064a]/.test(text)) return 'ar';
  return /[\u0904-\u0939]/.test(text) ? 'hi' : null;
}
