import { fuzzAllOf } from './all-of';

fuzzAllOf('wizer');
