import { fuzzAllOf } from './all-of';

fuzzAllOf('wasmtime');
