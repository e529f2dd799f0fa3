/** `WebAssembly.Module`, by the types of pages and Workers. Those of Node alone do not know it. */
export type WasmModule = typeof globalThis extends { WebAssembly: { Module: { prototype: infer Module } } } ? Module : never;
