import { fuzzAllOf } from './all-of';

fuzzAllOf('coredump-builder');
