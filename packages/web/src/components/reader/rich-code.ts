/** Colours for code: 37 common languages, fetched when the first code is shown. The colours are classes: styles/code.css. */
export { default as rehypeHighlight } from 'rehype-highlight';
