import { fuzzAllOf } from './all-of';

fuzzAllOf('notdumps');
