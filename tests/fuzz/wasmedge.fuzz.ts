import { fuzzAllOf } from './all-of';

fuzzAllOf('wasmedge');
