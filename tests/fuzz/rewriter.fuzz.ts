import { fuzzAllOf } from './all-of';

fuzzAllOf('rewriter');
