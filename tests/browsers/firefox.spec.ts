import { describe, inject, test } from 'vitest';
import { startFirefox } from './firefox';
import { MISSING } from './installed';
import { mainPath } from './main-path';

const installed = inject('browsers').firefox;

if (installed === null) test.skip(MISSING.firefox);
else describe('Firefox', () => mainPath(() => startFirefox(installed)));
