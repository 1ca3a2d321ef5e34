import { fuzzAllOf } from './all-of';

fuzzAllOf('damaged');
