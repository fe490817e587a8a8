/**
 * What the build runs once to keep the heap as it is then, with all modules loaded; engines begin there, by what this leaves behind. So
 * nothing on the way here may draw a random number, look at the clock or hold what is the machine's: a socket, a thread, a text segmenter.
 */
import { begin } from './begin.ts';

Object.defineProperty(globalThis, 'beginEngine', { value: begin, configurable: true });
