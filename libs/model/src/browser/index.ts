export { openBrowserModel, type BrowserModel, type WasmFile } from './layers-model.ts';
