/** Mathematics, fetched when the first is shown: as MathML, which the browser lays out itself, so no fonts and no styles come along. */
export { default as rehypeKatex } from 'rehype-katex';
export { default as remarkMath } from 'remark-math';
