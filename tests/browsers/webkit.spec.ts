import { describe, inject, test } from 'vitest';
import { MISSING } from './installed';
import { mainPath } from './main-path';
import { startWebKit } from './webkit';

const installed = inject('browsers').webKit;

if (installed === null) test.skip(MISSING.webKit);
else describe('WebKit', () => mainPath(() => startWebKit(installed)));
