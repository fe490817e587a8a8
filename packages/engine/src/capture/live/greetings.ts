/**
 * Openings that say nothing: two chats that begin with "Hello" are two chats, and not one whose second question was edited. Pure.
 */

const greetings = new Set(
  `hello hi hey hiya yo good morning afternoon evening day there again test testing ping start begin continue thanks please help me
  hallo guten tag morgen abend moin servus grüß gott bonjour salut bonsoir coucou hola buenos buenas días tardes noches olá oi bom boa dia
  tarde noite ciao salve buongiorno buonasera hej hei hoi dag goedemorgen cześć dzień dobry привет здравствуйте merhaba selam 你好 您好 早上好
  こんにちは もしもし おはよう 안녕 안녕하세요 مرحبا السلام عليكم नमस्ते สวัสดี xin chào`.split(/\s+/),
);
const mostWords = 4;

/** Whether these words of a person's first turn greet and ask nothing. */
export function isGreeting(text: string): boolean {
  const words =
    text
      .toLowerCase()
      .normalize('NFC')
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return words.length > 0 && words.length <= mostWords && words.every((word) => greetings.has(word));
}
