/**
 * The ties of the map as lines of one pixel, in one drawing by a program of a few lines: thousands of them as shapes with soft edges
 * are what a computer without a graphics card spends its time on. The heavier a tie, the stronger its line.
 */

/** What the library calls while it draws; `matrix` takes its places to those of the screen. */
interface Drawn {
  readonly matrix: Float32Array;
}

export interface GraphLines {
  preRender(params: Drawn): void;
  render(params: Drawn): void;
  kill(): void;
}

/** Both ends of each line, x, y and strength 0–1 of either: six numbers a line. */
export type LineEnds = Float32Array;

const vertex = `#version 300 es
in vec3 a_end;
uniform mat3 u_matrix;
out float v_strength;
void main() {
  gl_Position = vec4((u_matrix * vec3(a_end.xy, 1.0)).xy, 0.0, 1.0);
  v_strength = a_end.z;
}`;
const fragment = `#version 300 es
precision mediump float;
in float v_strength;
uniform vec3 u_color;
out vec4 color;
void main() {
  color = vec4(u_color * v_strength, v_strength);
}`;

/** @param color as a page says it @returns red, green and blue, 0–1 */
export function colorParts(color: string): [number, number, number] {
  const pen = new OffscreenCanvas(1, 1).getContext('2d');
  if (pen === null) return [0.5, 0.5, 0.5];
  pen.fillStyle = color;
  pen.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = pen.getImageData(0, 0, 1, 1).data;
  return [red / 255, green / 255, blue / 255];
}

/**
 * @param changed the lines, where they have changed since it was asked last
 * @throws where the browser cannot make the program
 */
export function linesOf(gl: WebGL2RenderingContext, color: string, changed: () => LineEnds | null): GraphLines {
  const program = gl.createProgram();
  for (const [kind, source] of [
    [gl.VERTEX_SHADER, vertex],
    [gl.FRAGMENT_SHADER, fragment],
  ] as const) {
    const shader = gl.createShader(kind);
    if (shader === null) throw new Error('The map cannot be drawn: no shader.');
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  const matrix = gl.getUniformLocation(program, 'u_matrix');
  const ink = gl.getUniformLocation(program, 'u_color');
  const end = gl.getAttribLocation(program, 'a_end');
  if (end < 0) throw new Error(`The map cannot be drawn: ${gl.getProgramInfoLog(program) ?? ''}`);
  const parts = colorParts(color);
  const buffer = gl.createBuffer();
  const layout = gl.createVertexArray();
  gl.bindVertexArray(layout);
  gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
  gl.enableVertexAttribArray(end);
  gl.vertexAttribPointer(end, 3, gl.FLOAT, false, 0, 0);
  gl.bindVertexArray(null);
  let count = 0;
  return {
    preRender() {
      const ends = changed();
      if (ends === null) return;
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
      gl.bufferData(gl.ARRAY_BUFFER, ends, gl.DYNAMIC_DRAW);
      count = ends.length / 3;
    },
    render({ matrix: now }) {
      // biome-ignore lint/correctness/useHookAtTopLevel: WebGL's own word, no hook
      gl.useProgram(program);
      gl.bindVertexArray(layout);
      gl.enable(gl.BLEND);
      gl.uniformMatrix3fv(matrix, false, now);
      gl.uniform3f(ink, ...parts);
      gl.drawArrays(gl.LINES, 0, count);
      gl.bindVertexArray(null);
    },
    kill() {
      gl.deleteBuffer(buffer);
      gl.deleteVertexArray(layout);
      gl.deleteProgram(program);
    },
  };
}
