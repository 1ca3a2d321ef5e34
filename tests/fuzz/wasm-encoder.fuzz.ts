import { fuzzAllOf } from './all-of';

fuzzAllOf('wasm-encoder');
