/** What is used of https://webassembly.github.io/spec/js-api: TypeScript declares it only where there is a page. */
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Memory {
    /** Pages of 64 KiB. */
    constructor(size: { readonly initial: number });
    readonly buffer: ArrayBuffer;
    /** Arrays over the buffer of before are empty then. @throws RangeError where there is no room */
    grow(pages: number): number;
  }
  class Instance {
    constructor(module: Module, imports: Readonly<Record<string, Readonly<Record<string, Memory>>>>);
    readonly exports: Readonly<Record<string, unknown>>;
  }
}
