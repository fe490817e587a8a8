/**
 * The engine of a later version, for tests of migrations: every step that is shipped, and one more, which fails on a space in which
 * a verb was applied under the id `poison` and takes long on one where it was `slow`.
 */

import { serveSpaces } from '@vivim/engine/serve-spaces';
import { migrations } from '@vivim/engine/space/migrations/migrations';
import { laterStep } from './later-step.ts';

serveSpaces([...migrations, laterStep], null);
