/** Whether a phrase is a piece of code and no subject: `utils.ts`, `getUserById`, `a1b2c3d`, `src/app/main`. Pure. */

const file =
  /\.(?:tsx?|jsx?|mjs|json|py|md|txt|csv|ya?ml|toml|html?|css|sh|go|rs|java|kt|rb|php|sql|db|log|pdf|docx?|xlsx?|pptx?|png|jpe?g|svg|zip|lock|env|ini|cfg|conf)$/i;
/** Libraries are called like files. */
const library =
  /^(?:node|next|vue|nuxt|react|three|express|d3|p5|chart|socket|moment|discord|ember|alpine|backbone)\.js$/i;
const identifier = /^\p{Ll}{3,}\p{Lu}\p{Ll}|_|^[0-9a-f]*\d[0-9a-f]{6,}$|\/.*\/|\(\)$|::|->/u;

export const looksLikeCode = (phrase: string): boolean =>
  phrase.split(' ').some((word) => (file.test(word) && !library.test(word)) || identifier.test(word));
