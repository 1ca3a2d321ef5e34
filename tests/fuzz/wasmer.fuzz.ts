import { fuzzAllOf } from './all-of';

fuzzAllOf('wasmer');
