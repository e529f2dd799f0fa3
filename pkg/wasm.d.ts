import type { WasmModule } from './wasm-module.js';

/**
 * The wasm that the package's entries for the same place load, as Workers and bundlers with a rule for wasm import it. Nobody
 * needs it but to serve it from a place of one's own, and to hand it to `load`.
 */
declare const wasm: WasmModule;
export default wasm;
